-- Who tells each listed deal as news, deal after deal, the earliest first. :since or NULL
SELECT m.deal_id, m.id AS mention_id, m.status, a.source, a.lang, a.content_hash,
       coalesce(a.published, a.first_seen_at) AS at, r.facts
FROM deal d
JOIN mention m ON m.deal_id = d.id AND m.current = 1 AND m.main = 1
JOIN article a ON a.id = m.article_id
JOIN deal_record r ON r.deal_id = d.id
WHERE d.listed AND (:since IS NULL OR d.first_seen_at >= :since)
ORDER BY d.id, at, a.id, m.ordinal
