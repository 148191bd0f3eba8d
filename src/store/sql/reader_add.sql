-- A version that has not read before. :extractor, :entities
INSERT INTO reader (extractor, entities) VALUES (:extractor, :entities) RETURNING id
