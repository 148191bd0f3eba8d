-- The mentions of an entity that are in a deal. :target_key
SELECT id, deal_id FROM mention
WHERE target_key = :target_key AND current = 1 AND deal_id IS NOT NULL
