-- A party of a deal; a name printed twice in one role is one. The columns by their names
INSERT OR IGNORE INTO deal_party (deal_id, role, name, folded, entity_id)
VALUES (:deal_id, :role, :name, :folded, :entity_id)
