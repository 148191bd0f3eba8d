-- Moves a first message that nobody was told. :receiver, :deal_id, :revision, :due_at, :state
UPDATE outbox SET state = :state, revision = :revision, due_at = :due_at
WHERE receiver = :receiver AND deal_id = :deal_id AND reason = 'new' AND state = 'silent'
