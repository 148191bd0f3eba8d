-- A receiver that knows the merged deal only counts as knowing the survivor. :from, :into
UPDATE outbox SET
    deal_id = :into,
    revision = (SELECT revision FROM deal WHERE id = :into)
WHERE deal_id = :from AND reason = 'new'
  AND (state IN ('sent', 'silent') OR (state = 'owed' AND payload IS NOT NULL))
  AND NOT EXISTS (
      SELECT 1 FROM outbox i
      WHERE i.receiver = outbox.receiver AND i.deal_id = :into AND i.reason = 'new'
  )
