-- The entities that are part of another. :into
SELECT from_id FROM entity_link WHERE into_id = :into ORDER BY decision_id
