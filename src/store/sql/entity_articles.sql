-- The first articles that name an entity. :target_key
SELECT DISTINCT a.id, a.title FROM mention m JOIN article a ON a.id = m.article_id
WHERE m.target_key = :target_key AND m.current = 1 ORDER BY a.id LIMIT 3
