-- News that somebody takes a stake in a company, told as money into it. :target_key
SELECT m.id, m.article_id, m.deal_id, m.facts, a.source, coalesce(p.name, s.name, a.source) AS outlet, coalesce(s.class, 'media') AS class, a.lang, a.content_hash,
       coalesce(a.published, a.first_seen_at) AS at, a.published IS NOT NULL AS dated, a.first_seen_at AS seen_at
FROM mention m
JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE m.target_key = :target_key AND m.kind_group = 'funding' AND m.current = 1
  AND m.kind = 'investment_stake' AND m.main = 1
ORDER BY at, a.content_hash, m.article_id, m.ordinal
