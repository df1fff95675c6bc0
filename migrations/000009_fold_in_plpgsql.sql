-- The same functions in PL/pgSQL, which keeps a plan where an SQL function that cannot be inlined makes one at each call:
-- a third less time for the search columns of a row, which each visitor's inquiry waits for.
SET LOCAL lock_timeout = '2s';

CREATE OR REPLACE FUNCTION outreach_fold(text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1));
END
$$;

CREATE OR REPLACE FUNCTION inquiry_words(name text, email text, company text, subject text, message text)
  RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN strip(to_tsvector('simple', public.outreach_fold(concat_ws(' ', name, email, company, subject, message))));
END
$$;

CREATE OR REPLACE FUNCTION inquiry_short_text(name text, email text, company text, subject text)
  RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN public.outreach_fold(concat_ws(' ', name, email, company, subject));
END
$$;
