-- Pages to be fetched now. :now, :limit
SELECT * FROM wanted WHERE state = 'due' AND due_at <= :now ORDER BY due_at, article_id LIMIT :limit
