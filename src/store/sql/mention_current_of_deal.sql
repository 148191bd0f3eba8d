-- A deal's mentions as their articles are read today, and where they stand. :deal_id
SELECT m.id, m.article_id, a.url, a.canonical_url
FROM mention m JOIN article a ON a.id = m.article_id
WHERE m.deal_id = :deal_id AND m.current = 1
ORDER BY m.article_id, m.ordinal
