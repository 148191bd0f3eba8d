-- A mention is about another company. :id, :target_key
UPDATE mention SET target_key = :target_key WHERE id = :id
