-- Takes a decision back, once. :id, :who, :now
UPDATE decision SET undone_at = :now, undone_by = :who WHERE id = :id AND undone_at IS NULL
