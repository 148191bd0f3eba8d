-- Owes a cancelled first message again. :receiver, :deal_id, :revision, :due_at
UPDATE outbox SET state = 'owed', revision = :revision, due_at = :due_at
WHERE receiver = :receiver AND deal_id = :deal_id AND reason = 'new' AND state = 'cancelled'
