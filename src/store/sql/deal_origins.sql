-- The mentions of a deal and where they stand, oldest first. :deal_id
SELECT m.id AS mention_id, m.current, m.main, a.id AS article_id, a.source,
       coalesce(nullif(p.name, s.name) || ' via ', '') || coalesce(s.name, a.source) AS name, coalesce(s.class, 'media') AS class, a.lang, a.title,
       coalesce(a.url, a.canonical_url) AS url, coalesce(a.published, a.first_seen_at) AS at
FROM mention m
JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE m.deal_id = :deal_id
ORDER BY at, a.id, m.id
