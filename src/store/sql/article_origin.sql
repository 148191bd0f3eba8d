-- An article as the origin of a mention, whether or not it tells a deal. :id
SELECT 0 AS mention_id, 0 AS current, 0 AS main, a.id AS article_id, a.source,
       coalesce(p.name || ' via ', '') || coalesce(s.name, a.source) AS name, coalesce(s.class, 'media') AS class, a.lang, a.title,
       coalesce(a.url, a.canonical_url) AS url, coalesce(a.published, a.first_seen_at) AS at
FROM article a
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE a.id = :id
