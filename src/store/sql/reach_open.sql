-- Mentions came to a company: how far their deals reach there is not known. :target_key
INSERT OR IGNORE INTO deal_reach (target_key, kind_group, deal_id)
SELECT DISTINCT target_key, kind_group, deal_id FROM mention
WHERE target_key = :target_key AND current = 1 AND deal_id IS NOT NULL
