-- What a replay revised, deal after deal. :from_seq
SELECT r.* FROM revision r
WHERE r.seq > :from_seq AND r.cause = 'replay'
ORDER BY r.deal_id, r.number
