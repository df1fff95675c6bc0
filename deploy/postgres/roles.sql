-- The roles of PostgreSQL and the owner of the database, by psql as a superuser; again, it changes nothing but the passwords.
-- The passwords come from the environment, so that they are in no command line.
\set ON_ERROR_STOP on
\getenv owner_password POSTGRES_OWNER_PASSWORD
\getenv service_password POSTGRES_SERVICE_PASSWORD
-- The server's log must hold no password.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['outreach_owner', 'outreach_service']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE outreach_owner LOGIN NOSUPERUSER PASSWORD :'owner_password';
ALTER ROLE outreach_service LOGIN NOSUPERUSER PASSWORD :'service_password';

SELECT format('ALTER DATABASE %I OWNER TO outreach_owner', current_database()) \gexec
-- What a superuser has made in an older database, but for what belongs to an extension.
SELECT format('ALTER TABLE %s OWNER TO outreach_owner', oid::regclass)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' \gexec
SELECT format('ALTER %s %s OWNER TO outreach_owner', CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, oid::regtype)
FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = pg_type.oid AND deptype = 'e') \gexec
SELECT format('ALTER ROUTINE %s OWNER TO outreach_owner', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e') \gexec
