-- What a receiver is still owed about a deal that became another one is owed about that one.
-- :from, :into
UPDATE outbox SET
    deal_id = :into,
    revision = (SELECT revision FROM deal WHERE id = :into)
WHERE deal_id = :from AND reason = 'new' AND state = 'owed' AND payload IS NULL
  AND NOT EXISTS (
      SELECT 1 FROM outbox i
      WHERE i.receiver = outbox.receiver AND i.deal_id = :into AND i.reason = 'new'
  )
