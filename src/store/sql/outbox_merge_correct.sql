-- One correction for each receiver that was told of both deals. :from, :into, :now
INSERT INTO outbox (
    receiver, route, deal_id, reason, from_revision, revision, idempotency_key, due_at, state,
    created_at
)
SELECT f.receiver, f.route, :into, 'correction', i.revision,
       (SELECT revision FROM deal WHERE id = :into),
       'dw_' || lower(hex(randomblob(16))), :now, 'owed', :now
FROM outbox f
JOIN outbox i ON i.receiver = f.receiver AND i.deal_id = :into AND i.reason = 'new'
WHERE f.deal_id = :from AND f.reason = 'new'
  AND (f.state = 'sent' OR f.payload IS NOT NULL) AND (i.state = 'sent' OR i.payload IS NOT NULL)
