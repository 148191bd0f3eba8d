-- The deal that a mention tells. :id
SELECT deal_id FROM mention WHERE id = :id
