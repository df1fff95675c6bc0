-- What of a feed's life cannot change while a session lasts, as a constant of its prepared statements: reading
-- pg_control and pg_database for each page of a list took PostgreSQL a tenth of the page's time.
SET LOCAL lock_timeout = '2s';

CREATE FUNCTION outreach_database_identity() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('/', (SELECT system_identifier FROM pg_catalog.pg_control_system()),
                   (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
$$;

-- Whoever fills a GIN index's list of pending entries merges them into the index, and the rows of that INSERT wait: up
-- to 90 ms at the default of 4 MB, 10 ms at this size, for a twentieth more of the time of all rows together.
ALTER INDEX inquiry_search_words_idx SET (gin_pending_list_limit = 256);
ALTER INDEX inquiry_search_text_idx SET (gin_pending_list_limit = 256);
