-- All histories up to a time, deal after deal. :at
SELECT r.deal_id, r.number, r.at, r.event, r.cause, r.merged_into, r.facts, d.first_seen_at
FROM main.revision r
JOIN main.deal d ON d.id = r.deal_id
WHERE r.at <= :at
ORDER BY r.deal_id, r.number
