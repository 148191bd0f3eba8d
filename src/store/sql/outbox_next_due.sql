-- When the next message is due; one that waits for an earlier one does not count.
-- :receiver, or null for all of them.
SELECT min(o.due_at) FROM outbox o
WHERE o.state = 'owed' AND (:receiver IS NULL OR o.receiver = :receiver)
  AND NOT EXISTS (
      SELECT 1 FROM outbox e
      WHERE e.deal_id = o.deal_id AND e.receiver = o.receiver AND e.state = 'owed' AND e.id < o.id
  )
