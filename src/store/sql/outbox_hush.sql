-- Who was told of one deal need not be told of the one that came out of it. :deal_id, :from
UPDATE outbox SET state = 'silent'
WHERE deal_id = :deal_id AND reason = 'new' AND state = 'owed' AND payload IS NULL
  AND EXISTS (
      SELECT 1 FROM outbox f
      WHERE f.receiver = outbox.receiver AND f.deal_id = :from AND f.reason = 'new'
        AND (f.state = 'sent' OR (f.state = 'owed' AND f.payload IS NOT NULL))
  )
