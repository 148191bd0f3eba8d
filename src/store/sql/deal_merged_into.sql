-- The deals that became part of one, in the order in which they did. :id
SELECT deal_id, max(at) AS at FROM revision
WHERE event = 'merged' AND deal_id IN (SELECT id FROM deal WHERE merged_into = :id)
GROUP BY deal_id ORDER BY at, deal_id
