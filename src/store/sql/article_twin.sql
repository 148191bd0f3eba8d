-- Articles of a source that may be the delivered one under another key.
-- :source, :title, :published may be null, :canonical_url may be null
SELECT id, key FROM article
WHERE source = :source AND (
    (title = :title AND published = :published)
    OR (canonical_url IS NOT NULL AND canonical_url = :canonical_url)
)
ORDER BY id DESC
LIMIT 20
