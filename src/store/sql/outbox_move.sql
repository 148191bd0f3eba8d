-- Moves a message on after an attempt. :id, :state, :due_at null keeps it, :at
UPDATE outbox SET
    attempts = attempts + 1,
    state = :state,
    due_at = coalesce(:due_at, due_at),
    sent_at = CASE :state WHEN 'sent' THEN :at ELSE sent_at END
WHERE id = :id
