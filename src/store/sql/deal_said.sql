-- The record of a deal that was not removed, and why its mentions are one. :id
SELECT r.facts, r.reasons
FROM deal d JOIN deal_record r ON r.deal_id = d.id
WHERE d.id = :id AND d.removed = 0
