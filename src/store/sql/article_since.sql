-- Articles in the order of their rows. :since, :after an id, :limit
SELECT a.*, p.name AS publisher, p.site AS publisher_site
FROM article a
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE a.id > :after AND a.first_seen_at >= :since ORDER BY a.id LIMIT :limit
