-- The mentions that a decision binds, with what they say. :decision_id
SELECT x.side, x.deal_id AS decided_deal, m.id, m.article_id, m.current, m.ordinal, m.target_key, m.kind_group, m.facts
FROM decision_mention x
JOIN mention m ON m.id = x.mention_id
WHERE x.decision_id = :decision_id
ORDER BY m.article_id, m.id
