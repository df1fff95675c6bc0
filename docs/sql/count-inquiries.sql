-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /inquiries/count
SELECT 'new' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'new'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'in_progress' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'in_progress'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'resolved' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'resolved'
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'spam' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'spam'
  LIMIT 100000
) AS matching;

-- GET /inquiries/count?status=new
SELECT 'new' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'new' AND status = $1::inquiry_status
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'in_progress' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'in_progress' AND status = $1::inquiry_status
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'resolved' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'resolved' AND status = $1::inquiry_status
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'spam' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'spam' AND status = $1::inquiry_status
  LIMIT 100000
) AS matching;

-- GET /inquiries/count?topic=sales&status=new
SELECT 'new' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'new' AND status = $1::inquiry_status AND topic = $2::text
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'in_progress' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'in_progress' AND status = $1::inquiry_status AND topic = $2::text
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'resolved' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'resolved' AND status = $1::inquiry_status AND topic = $2::text
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'spam' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'spam' AND status = $1::inquiry_status AND topic = $2::text
  LIMIT 100000
) AS matching;

-- GET /inquiries/count?q=hello
SELECT status, count(*)::int AS count, sum(count(*)) OVER () < 100000 AS "isExact"
FROM (
  SELECT status
  FROM inquiry
  WHERE (((search_words @@ $1::tsquery OR search_text LIKE $2::text)))
  LIMIT 100000
) AS matching
GROUP BY status;

-- GET /inquiries/count; a token of sales
SELECT 'new' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'new' AND topic = $1::text
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'in_progress' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'in_progress' AND topic = $1::text
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'resolved' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'resolved' AND topic = $1::text
  LIMIT 100000
) AS matching
UNION ALL
SELECT 'spam' AS status, count(*)::int AS count, count(*) < 100000 AS "isExact"
FROM (
  SELECT
  FROM inquiry
  WHERE status = 'spam' AND topic = $1::text
  LIMIT 100000
) AS matching;
