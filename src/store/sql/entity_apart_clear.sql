-- What a decision said is said no more. :decision_id
DELETE FROM entity_apart WHERE decision_id = :decision_id
