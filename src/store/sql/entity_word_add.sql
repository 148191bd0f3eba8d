-- A person says what a name means. :folded, :decision_id, :entity_id, :name
INSERT INTO entity_word (folded, decision_id, entity_id, name)
VALUES (:folded, :decision_id, :entity_id, :name)
