-- A page could not be had. :article_id, :error, :retry_at null gives up
UPDATE wanted SET
    attempts = attempts + 1,
    last_error = :error,
    due_at = coalesce(:retry_at, due_at),
    state = CASE WHEN :retry_at IS NULL THEN 'failed' ELSE 'due' END
WHERE article_id = :article_id
