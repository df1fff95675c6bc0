-- What was written about a change stays as it was written. Rows go with their inquiry, by erasure and by retention,
-- so deleting is allowed. Rewriting is not, but to an erasure, which takes an address out of notes that quote it and
-- says so for its transaction: SET LOCAL outreach.erasure = 'on'.
SET LOCAL lock_timeout = '2s';

CREATE FUNCTION inquiry_activity_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('outreach.erasure', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'inquiry_activity is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER inquiry_activity_append_only BEFORE UPDATE ON inquiry_activity
  FOR EACH STATEMENT EXECUTE FUNCTION inquiry_activity_refuse_update();
