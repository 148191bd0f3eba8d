-- Asks for an article's page; again only under another URL.
-- :article_id, :url, :source, :due_at, :live
INSERT INTO wanted (article_id, url, source, due_at, attempts, state, live)
VALUES (:article_id, :url, :source, :due_at, 0, 'due', :live)
ON CONFLICT (article_id) DO UPDATE SET
    url = excluded.url, due_at = excluded.due_at, attempts = 0, state = 'due', last_error = NULL,
    live = excluded.live
WHERE wanted.url <> excluded.url
