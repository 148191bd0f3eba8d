-- The article that a delivered one is. :source, :key, :title, :canonical_url may be null
-- Two entries of one feed may share a page; they are one article only under one title.
SELECT id, source, title, text_kind, revision, content_hash, stub_title
FROM article
WHERE (source = :source AND key = :key)
   OR (canonical_url IS NOT NULL AND canonical_url = :canonical_url
       AND (source <> :source OR title = :title OR stub_title = :title))
ORDER BY (source = :source AND key = :key) DESC, id
LIMIT 1
