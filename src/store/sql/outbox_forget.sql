-- Takes back first messages that nobody has tried to send. :deal_id
DELETE FROM outbox
WHERE deal_id = :deal_id AND reason = 'new' AND state IN ('owed', 'silent') AND payload IS NULL
  AND attempts = 0
