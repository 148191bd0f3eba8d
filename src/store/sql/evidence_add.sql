-- The words behind one value. The columns by their names
INSERT INTO evidence (mention_id, ordinal, field, start, "end", text, rule, sentence)
VALUES (:mention_id, :ordinal, :field, :start, :end, :text, :rule, :sentence)
