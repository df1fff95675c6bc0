-- An assignee is often asked for within the topics of a claim. By (assignee, status) alone all that they ever had was
-- read for topics in which they have nothing: a page took longer with each inquiry that they dealt with. Nothing is
-- assigned when it is stored, so visitors do not wait for this index.
SET LOCAL lock_timeout = '2s';

CREATE INDEX inquiry_assignee_topic_status_created_at_idx ON inquiry (assignee, topic, status, created_at, id)
  WHERE assignee IS NOT NULL;
