-- Keeps whose news an article is. :article_id, :name, :site may be null
INSERT OR IGNORE INTO article_publisher (article_id, name, site) VALUES (:article_id, :name, :site)
