-- A deal is in no block. :deal_id
DELETE FROM deal_reach WHERE deal_id = :deal_id
