-- The last attempts with their messages, newest first. :limit
SELECT o.*, d.attempt, d.at, d.latency_ms, d.ok, d.retry, d.status, d.response, d.error
FROM delivery d JOIN outbox o ON o.id = d.outbox_id
ORDER BY d.at DESC, d.outbox_id DESC, d.attempt DESC
LIMIT :limit
