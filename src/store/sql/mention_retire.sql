-- Takes an article's mentions out of their blocks. :article_id
UPDATE mention SET current = 0 WHERE article_id = :article_id AND current = 1
