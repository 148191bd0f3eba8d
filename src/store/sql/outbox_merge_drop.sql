-- A first message about the survivor that nobody has tried to send is not needed by a receiver
-- that was told of the merged deal. :from, :into
DELETE FROM outbox
WHERE deal_id = :into AND reason = 'new' AND state IN ('owed', 'silent') AND payload IS NULL
  AND EXISTS (
      SELECT 1 FROM outbox f
      WHERE f.receiver = outbox.receiver AND f.deal_id = :from AND f.reason = 'new'
        AND (f.state = 'sent' OR (f.state = 'owed' AND f.payload IS NOT NULL))
  )
