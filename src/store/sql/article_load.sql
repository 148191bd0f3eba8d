-- One article. :id
SELECT * FROM article WHERE id = :id
