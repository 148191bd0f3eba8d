-- News in the other language around a day, of deals whose sum may be the same and that this
-- language has not told; a deal with a sum may have been talked about since :since.
-- :kind_group, :lang, :since, :from, :to, :least, :most (in US dollars)
WITH RECURSIVE day (day) AS (
    SELECT :since / 86400000000 UNION ALL SELECT day + 1 FROM day WHERE day < :to / 86400000000
),
near (id) AS (
    SELECT d.id FROM day CROSS JOIN deal d INDEXED BY deal_by_day
    WHERE d.first_reported_at / 86400000000 = day.day AND d.amount_place BETWEEN :least AND :most
    UNION ALL
    SELECT d.id FROM day CROSS JOIN deal d INDEXED BY deal_by_day
    WHERE d.first_reported_at / 86400000000 = day.day AND d.amount_place = -1
      AND day.day >= :from / 86400000000
)
SELECT m.id, m.article_id, m.deal_id, m.facts, m.target_key, a.source, coalesce(p.name, s.name, a.source) AS outlet, coalesce(s.class, 'media') AS class, a.lang, a.content_hash,
       coalesce(a.published, a.first_seen_at) AS at, a.published IS NOT NULL AS dated, a.first_seen_at AS seen_at
FROM near
CROSS JOIN deal d ON d.id = near.id
CROSS JOIN mention m INDEXED BY mention_by_deal ON m.deal_id = d.id
CROSS JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE d.first_reported_at BETWEEN :since AND :to AND d.merged_into IS NULL
  AND NOT EXISTS (SELECT 1 FROM deal_source t WHERE t.deal_id = d.id AND t.lang = :lang)
  AND m.current = 1 AND m.main = 1 AND m.kind_group = :kind_group AND a.lang <> :lang
  AND coalesce(a.published, a.first_seen_at) BETWEEN :from AND :to
ORDER BY at, a.content_hash, m.id
