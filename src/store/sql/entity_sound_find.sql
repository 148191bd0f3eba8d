-- The entities with a name that is spelt like this by its sound. :sound
SELECT entity_id FROM entity_sound WHERE sound = :sound ORDER BY entity_id
