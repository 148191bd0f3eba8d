-- The mentions of an entity as their articles are read today. :target_key
SELECT id, kind_group, deal_id, facts FROM mention WHERE target_key = :target_key AND current = 1
