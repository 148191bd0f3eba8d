-- A page was fetched and read. :article_id
UPDATE wanted SET state = 'done', attempts = attempts + 1, last_error = NULL
WHERE article_id = :article_id
