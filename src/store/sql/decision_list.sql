-- Every decision, oldest first.
SELECT * FROM decision ORDER BY id
