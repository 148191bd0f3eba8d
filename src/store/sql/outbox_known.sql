-- What a receiver was told of a deal: its first message, the newest revision in anything that was
-- sent or tried, and the update that still waits. :receiver, :deal_id
SELECT o.state, o.revision AS first, o.payload IS NOT NULL AS frozen,
       (SELECT max(t.revision) FROM outbox t
        WHERE t.receiver = :receiver AND t.deal_id = :deal_id
          AND (t.state = 'sent' OR (t.state = 'owed' AND t.payload IS NOT NULL))) AS told,
       (SELECT max(p.id) FROM outbox p
        WHERE p.receiver = :receiver AND p.deal_id = :deal_id
          AND p.reason = 'update' AND p.state = 'owed' AND p.payload IS NULL) AS pending
FROM outbox o
WHERE o.receiver = :receiver AND o.deal_id = :deal_id AND o.reason = 'new'
