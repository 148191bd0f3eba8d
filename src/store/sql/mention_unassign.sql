-- A mention is in no deal. :id
UPDATE mention SET deal_id = NULL WHERE id = :id
