-- Whether people told two entities apart. :one, :other
SELECT EXISTS (SELECT 1 FROM entity_apart
WHERE (one_id = :one AND other_id = :other) OR (one_id = :other AND other_id = :one))
