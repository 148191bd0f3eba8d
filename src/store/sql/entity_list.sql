-- Every entity of the log.
SELECT * FROM entity ORDER BY id
