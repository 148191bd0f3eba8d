-- The company that a mention is about. :id
SELECT target_key FROM mention WHERE id = :id
