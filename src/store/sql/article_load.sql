-- One article. :id
SELECT a.*, p.name AS publisher, p.site AS publisher_site
FROM article a
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE a.id = :id
