-- Entities of the news with a name that holds a text. :like
SELECT DISTINCT entity_id FROM entity_name WHERE folded LIKE :like ESCAPE '\'
UNION SELECT DISTINCT entity_id FROM entity_word WHERE folded LIKE :like ESCAPE '\' ORDER BY 1 LIMIT 500
