-- Articles that match, newest first. :question in the language of FTS5, :limit
SELECT rowid FROM article_index WHERE article_index MATCH :question ORDER BY rowid DESC LIMIT :limit
