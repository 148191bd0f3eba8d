-- A deal without facts yet. :now
INSERT INTO deal (first_seen_at, updated_at) VALUES (:now, :now) RETURNING id
