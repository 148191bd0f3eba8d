-- A deal of a past, before its facts. The columns by their names
INSERT INTO temp.deal (id, first_seen_at, updated_at, revision)
VALUES (:id, :first_seen_at, :updated_at, :revision)
