-- How far a run is. :id, :after, :done, :splits a JSON list, :finished_at or NULL
UPDATE replay SET after = :after, done = :done, splits = :splits, finished_at = :finished_at
WHERE id = :id
