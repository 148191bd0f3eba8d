-- The deals of a block. :target_key, :kind_group
SELECT deal_id, reach FROM deal_reach WHERE target_key = :target_key AND kind_group = :kind_group
