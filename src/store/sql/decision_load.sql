-- One decision. :id
SELECT * FROM decision WHERE id = :id
