-- A person says that two entities are one. :from, :decision_id, :into
INSERT INTO entity_link (from_id, decision_id, into_id) VALUES (:from, :decision_id, :into)
