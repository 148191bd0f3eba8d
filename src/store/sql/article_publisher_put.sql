-- Keeps whose news an article is. :article_id, :name, :site may be null
INSERT INTO article_publisher (article_id, name, site) VALUES (:article_id, :name, :site)
ON CONFLICT (article_id) DO UPDATE SET name = excluded.name, site = coalesce(site, excluded.site)
