-- Who told which deal then: as the revisions quote them, else as it is now. :at
INSERT INTO temp.mention (id, article_id, current, main, deal_id)
SELECT m.id, m.article_id, 1, m.main, coalesce(q.deal_id, m.deal_id)
FROM main.mention m
JOIN main.article a ON a.id = m.article_id
LEFT JOIN temp.past_quote q ON q.mention_id = m.id
WHERE a.first_seen_at <= :at AND (m.current = 1 OR q.deal_id IS NOT NULL)
