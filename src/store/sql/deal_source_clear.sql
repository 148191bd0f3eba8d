-- Forgets a deal's sources before they are written anew. :deal_id
DELETE FROM deal_source WHERE deal_id = :deal_id
