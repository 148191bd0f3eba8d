-- A deal's history, oldest first. :deal_id
SELECT * FROM revision WHERE deal_id = :deal_id ORDER BY number
