-- Takes a decision back, once. :id, :now
UPDATE decision SET undone_at = :now WHERE id = :id AND undone_at IS NULL
