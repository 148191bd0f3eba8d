-- The blocks that a deal's mentions are in. :deal_id
SELECT DISTINCT target_key, kind_group FROM mention WHERE deal_id = :deal_id AND current = 1
