-- Owes a message. :now, and the columns by their names
INSERT INTO outbox (
    receiver, route, deal_id, reason, from_revision, revision, idempotency_key, due_at, state,
    created_at
) VALUES (
    :receiver, :route, :deal_id, :reason, :from_revision, :revision,
    'dw_' || lower(hex(randomblob(16))), :due_at, :state, :now
)
