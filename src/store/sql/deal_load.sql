-- A deal's record. :id
SELECT d.*, r.facts, r.reasons
FROM deal d JOIN deal_record r ON r.deal_id = d.id
WHERE d.id = :id
