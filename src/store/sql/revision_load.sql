-- One revision. :deal_id, :number
SELECT * FROM revision WHERE deal_id = :deal_id AND number = :number
