-- An entity's names that the news or a person gave, with when or by which decision. :entity_id
SELECT name, folded, added_at, NULL AS decision_id FROM entity_name WHERE entity_id = :entity_id
UNION ALL
SELECT name, folded, NULL, decision_id FROM entity_word WHERE entity_id = :entity_id
ORDER BY added_at, decision_id, name
