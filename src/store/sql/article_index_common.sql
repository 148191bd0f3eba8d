-- Whether there is a match after so many. :question in the language of FTS5, :limit
SELECT 1 FROM article_index WHERE article_index MATCH :question LIMIT 1 OFFSET :limit
