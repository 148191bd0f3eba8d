-- A correction shows the whole record: an update that waits beside it says nothing more. :deal_id
UPDATE outbox SET state = 'cancelled'
WHERE deal_id = :deal_id AND reason = 'update' AND state = 'owed' AND payload IS NULL
  AND EXISTS (
      SELECT 1 FROM outbox c
      WHERE c.deal_id = :deal_id AND c.receiver = outbox.receiver AND c.reason = 'correction'
        AND c.state = 'owed' AND c.payload IS NULL
  )
