-- Indexes an article anew. :id, :text cut into words
INSERT OR REPLACE INTO article_index (rowid, text) VALUES (:id, :text)
