-- Makes a mention one of a deal's. :id, :deal_id
UPDATE mention SET deal_id = :deal_id WHERE id = :id AND deal_id IS NOT :deal_id
