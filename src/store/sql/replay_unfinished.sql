-- The run to go on with. :asked a JSON object, :reader
SELECT * FROM replay
WHERE asked = :asked AND reader = :reader AND finished_at IS NULL
ORDER BY id DESC LIMIT 1
