-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.

-- GET /inquiries/{id}
SELECT "id","topic","name","email","phone","company","subject","message","locale","source_url","metadata","privacy_notice_version","status","assignee","spam_reasons","version","created_at","updated_at","search_words","search_text"
FROM "public"."inquiry"
WHERE (("id"=$1))
ORDER BY "id"
LIMIT 1;

-- GET /inquiries/{id}; a token of sales
SELECT "id","topic","name","email","phone","company","subject","message","locale","source_url","metadata","privacy_notice_version","status","assignee","spam_reasons","version","created_at","updated_at","search_words","search_text"
FROM "public"."inquiry"
WHERE (("id"=$1) AND ("topic" IN ($2)))
ORDER BY "id"
LIMIT 1;
