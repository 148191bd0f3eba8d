-- One message. :id
SELECT * FROM outbox WHERE id = :id
