-- Which version has read an article. :article_id, :reader
INSERT INTO article_reader (article_id, reader) VALUES (:article_id, :reader)
ON CONFLICT (article_id) DO UPDATE SET reader = excluded.reader
