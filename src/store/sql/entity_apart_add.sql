-- A person says that two entities are two. :one, :other, :decision_id
INSERT INTO entity_apart (one_id, other_id, decision_id) VALUES (:one, :other, :decision_id)
