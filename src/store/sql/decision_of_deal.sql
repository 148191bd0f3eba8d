-- Every decision about a deal or about what became part of it, oldest first. :deal_id
SELECT DISTINCT d.* FROM decision_deal x
JOIN decision d ON d.id = x.decision_id
WHERE x.deal_id = :deal_id OR x.deal_id IN (SELECT id FROM deal WHERE merged_into = :deal_id)
ORDER BY d.id
