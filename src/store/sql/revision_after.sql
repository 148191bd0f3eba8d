-- What happened after a cursor. :after a seq, :limit
SELECT * FROM revision WHERE seq > :after ORDER BY seq LIMIT :limit
