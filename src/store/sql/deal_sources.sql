-- The articles that tell a deal, oldest first. :deal_id
SELECT a.id AS article_id, a.source, coalesce(s.name, a.source) AS name, s.class, a.lang, a.title,
       coalesce(a.url, a.canonical_url) AS url, coalesce(a.published, a.first_seen_at) AS at,
       max(m.main) AS main
FROM mention m
JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
WHERE m.deal_id = :deal_id AND m.current = 1
GROUP BY a.id
ORDER BY at, a.id
