-- A correction for each receiver that was told of a deal, unless one waits. :deal_id, :now
INSERT INTO outbox (
    receiver, route, deal_id, reason, from_revision, revision, idempotency_key, due_at, state,
    created_at
)
SELECT o.receiver, o.route, o.deal_id, 'correction', o.revision,
       (SELECT revision FROM deal WHERE id = :deal_id),
       'dw_' || lower(hex(randomblob(16))), :now, 'owed', :now
FROM outbox o
WHERE o.deal_id = :deal_id AND o.reason = 'new'
  AND (o.state = 'sent' OR (o.state = 'owed' AND o.payload IS NOT NULL))
  AND NOT EXISTS (
      SELECT 1 FROM outbox c
      WHERE c.receiver = o.receiver AND c.deal_id = :deal_id AND c.reason = 'correction'
        AND c.state = 'owed' AND c.payload IS NULL
  )
