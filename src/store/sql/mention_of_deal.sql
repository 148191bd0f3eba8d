-- A deal's mentions with their articles, oldest first. :deal_id
SELECT m.id, m.article_id, m.deal_id, m.facts, m.current, a.source, coalesce(p.name, s.name, a.source) AS outlet, coalesce(s.class, 'media') AS class, a.lang,
       a.content_hash, a.title, coalesce(a.url, a.canonical_url) AS url,
       coalesce(a.published, a.first_seen_at) AS at, a.published IS NOT NULL AS dated, a.first_seen_at AS seen_at
FROM mention m
JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE m.deal_id = :deal_id
ORDER BY at, a.content_hash, m.article_id, m.id
