-- Forgets a deal's parties before they are written anew. :deal_id
DELETE FROM deal_party WHERE deal_id = :deal_id
