-- Gives an entity a name that no other has. :folded, :entity_id, :name, :now
INSERT INTO entity_name (folded, entity_id, name, added_at)
VALUES (:folded, :entity_id, :name, :now)
ON CONFLICT (folded) DO NOTHING
