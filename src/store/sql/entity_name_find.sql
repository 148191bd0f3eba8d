-- The entity a folded name means. :folded
SELECT entity_id FROM entity_name WHERE folded = :folded
