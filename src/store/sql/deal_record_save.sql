-- A deal's whole record. :deal_id, :facts JSON
INSERT INTO deal_record (deal_id, facts) VALUES (:deal_id, :facts)
ON CONFLICT (deal_id) DO UPDATE SET facts = excluded.facts
