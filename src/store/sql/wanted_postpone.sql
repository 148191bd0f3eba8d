-- A page's host is paused: it was not asked, so it is no attempt. :article_id, :due_at
UPDATE wanted SET due_at = :due_at WHERE article_id = :article_id AND state = 'due'
