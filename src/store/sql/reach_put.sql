-- How far a deal reaches in a block. :target_key, :kind_group, :deal_id, :reach
INSERT INTO deal_reach (target_key, kind_group, deal_id, reach)
VALUES (:target_key, :kind_group, :deal_id, :reach)
ON CONFLICT DO UPDATE SET reach = excluded.reach
