-- Keeps a message as it is first tried. :id, :revision null for a note, :payload
UPDATE outbox SET payload = :payload, revision = coalesce(:revision, revision)
WHERE id = :id AND payload IS NULL
