-- The blocks that a joined entity has mentions in. :from
SELECT DISTINCT kind_group FROM mention WHERE target_key = :from AND current = 1
