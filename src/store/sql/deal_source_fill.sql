-- A deal's sources, from its mentions. :deal_id
INSERT OR IGNORE INTO deal_source (deal_id, source, lang, class)
SELECT m.deal_id, a.source, a.lang, coalesce(s.class, 'media')
FROM mention m
JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
WHERE m.deal_id = :deal_id AND m.current = 1
