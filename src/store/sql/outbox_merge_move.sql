-- A receiver that was told of the merged deal only counts as told of the survivor. :from, :into
UPDATE outbox SET
    deal_id = :into,
    revision = (SELECT revision FROM deal WHERE id = :into)
WHERE deal_id = :from AND reason = 'new'
  AND (state = 'sent' OR (state = 'owed' AND payload IS NOT NULL))
  AND NOT EXISTS (
      SELECT 1 FROM outbox i
      WHERE i.receiver = outbox.receiver AND i.deal_id = :into AND i.reason = 'new'
  )
