-- Logs an attempt; its number is the message's count. The columns by their names
INSERT INTO delivery (outbox_id, attempt, at, latency_ms, ok, retry, status, response, error)
SELECT :outbox_id, attempts, :at, :latency_ms, :ok, :retry, :status, :response, :error
FROM outbox WHERE id = :outbox_id
