-- The article that a delivered one is. :source, :key, :canonical_url may be null
SELECT id, source, title, text_kind, revision, content_hash, stub_title
FROM article
WHERE (source = :source AND key = :key)
   OR (canonical_url IS NOT NULL AND canonical_url = :canonical_url)
ORDER BY (source = :source AND key = :key) DESC, id
LIMIT 1
