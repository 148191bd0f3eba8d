-- What is to be sent now; a message waits for earlier ones of its deal. :now, :limit
-- :receiver, or null for all of them.
SELECT * FROM outbox o
WHERE o.state = 'owed' AND o.due_at <= :now
  AND (:receiver IS NULL OR o.receiver = :receiver)
  AND NOT EXISTS (
      SELECT 1 FROM outbox e
      WHERE e.deal_id = o.deal_id AND e.receiver = o.receiver AND e.state = 'owed' AND e.id < o.id
  )
ORDER BY o.due_at, o.id
LIMIT :limit
