-- Indexes a deal's names anew. :id, :text cut into words
INSERT OR REPLACE INTO deal_index (rowid, names) VALUES (:id, :text)
