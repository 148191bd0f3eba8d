-- The folded names of an entity. :entity_id
SELECT folded FROM entity_name WHERE entity_id = :entity_id ORDER BY folded
