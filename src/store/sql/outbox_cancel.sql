-- Cancels what nobody has tried to send yet. :deal_id
UPDATE outbox SET state = 'cancelled'
WHERE deal_id = :deal_id AND state = 'owed' AND payload IS NULL
