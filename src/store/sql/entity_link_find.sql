-- The entity that another is part of. :from
SELECT into_id FROM entity_link WHERE from_id = :from ORDER BY decision_id DESC LIMIT 1
