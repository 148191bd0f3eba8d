-- Every known source with what is remembered of its polls.
SELECT s.*, t.*, (SELECT count(*) FROM article a WHERE a.source = s.id) AS articles
FROM source s LEFT JOIN source_state t ON t.source = s.id
ORDER BY s.id
