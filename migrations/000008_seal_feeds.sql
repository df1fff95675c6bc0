-- What seals the feeds that readers hold, so that one of few topics learns no id and no time of another topic's inquiry
-- from them (src/services/feed-seal.ts). Here, since all replicas need the same one and whoever reads this table reads
-- the inquiries too. To replace it, update the row and restart REST: readers then begin with a list again.
SET LOCAL lock_timeout = '2s';

CREATE TABLE feed_secret (
  only_row boolean PRIMARY KEY DEFAULT true,
  secret   bytea NOT NULL,

  CONSTRAINT feed_secret_only_row_check CHECK (only_row),
  CONSTRAINT feed_secret_length_check CHECK (octet_length(secret) = 32)
);
-- Random: each version 4 uuid has 122 bits of the server's strong generator.
INSERT INTO feed_secret (secret)
VALUES (sha256(convert_to(concat(gen_random_uuid(), gen_random_uuid(), gen_random_uuid()), 'UTF8')));
