-- Keeps how a name is spelt by its sound. :sound, :entity_id
INSERT INTO entity_sound (sound, entity_id) VALUES (:sound, :entity_id) ON CONFLICT DO NOTHING
