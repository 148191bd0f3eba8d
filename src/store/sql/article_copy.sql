-- The article that a delivered one repeats, or that repeats it: another source's, of the same
-- title and outlet, in the same days. :source, :title, :site and :published may be null, :copy is 1
-- if the delivered one names its publisher
SELECT a.id, a.source, a.title, a.text_kind, a.revision, a.content_hash, a.stub_title
FROM article a
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE a.title = :title
  AND a.source <> :source
  AND (p.site = :site OR (:copy AND a.canonical_url LIKE 'https://' || :site || '/%'))
  AND (:published IS NULL OR a.published IS NULL
       OR abs(a.published - :published) < 3 * 86400 * 1000000)
ORDER BY a.id
LIMIT 1
