-- Keeps an entity; the news does not overwrite a person's word. :now, and the columns
INSERT INTO entity (id, name, origin, ai, names, created_at)
VALUES (:id, :name, :origin, :ai, :names, :now)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, origin = excluded.origin, ai = excluded.ai, names = excluded.names
WHERE entity.origin <> 'person' OR excluded.origin = 'person'
