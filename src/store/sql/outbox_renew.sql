-- Lets a waiting update show a later revision, or drops it. :id, :revision, :state
UPDATE outbox SET revision = :revision, state = :state
WHERE id = :id AND state = 'owed' AND payload IS NULL
