-- What a name means by the last word of a person. :folded
SELECT entity_id FROM entity_word WHERE folded = :folded ORDER BY decision_id DESC LIMIT 1
