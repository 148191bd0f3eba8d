-- What decides whether a change is one. :id
SELECT r.facts, d.removed, d.dismissed
FROM deal d LEFT JOIN deal_record r ON r.deal_id = d.id
WHERE d.id = :id
