-- A version by its names. :extractor, :entities
SELECT id FROM reader WHERE extractor = :extractor AND entities = :entities
