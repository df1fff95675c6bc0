-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /live
-- (none)

-- GET /ready
SELECT (
  SELECT name
  FROM pgmigrations
  ORDER BY id
  LIMIT 1
) AS first, (
  SELECT name
  FROM pgmigrations
  ORDER BY id DESC
  LIMIT 1
) AS newest;

-- GET /openapi.json
-- (none)

-- GET /topics
-- (none)

-- GET /messages/{locale}
-- (none)
