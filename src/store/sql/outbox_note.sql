-- Owes a message that is not about a deal, once per key. :receiver, :route,
-- :idempotency_key, :payload, :now
INSERT INTO outbox (
    receiver, route, reason, idempotency_key, due_at, state, created_at, payload
)
VALUES (:receiver, :route, 'note', :idempotency_key, :now, 'owed', :now, :payload)
ON CONFLICT (idempotency_key) DO NOTHING
