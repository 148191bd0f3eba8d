-- News in the other language around a day, of deals whose sum may be the same. :kind_group, :lang,
-- :from, :to, :low, :high (in US dollars, or NULL)
SELECT m.id, m.article_id, m.deal_id, m.facts, m.target_key, a.source, coalesce(p.name, s.name, a.source) AS outlet, coalesce(s.class, 'media') AS class, a.lang, a.content_hash,
       coalesce(a.published, a.first_seen_at) AS at, a.published IS NOT NULL AS dated, a.first_seen_at AS seen_at
FROM deal d
JOIN mention m ON m.deal_id = d.id
JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE d.first_reported_at BETWEEN :from AND :to AND d.merged_into IS NULL
  AND (:low IS NULL OR d.amount_usd_min IS NULL OR d.amount_usd_min <= :high)
  AND (:low IS NULL OR d.amount_usd_max IS NULL OR d.amount_usd_max >= :low)
  AND m.current = 1 AND m.main = 1 AND m.kind_group = :kind_group AND a.lang <> :lang
ORDER BY at, a.content_hash, m.id
