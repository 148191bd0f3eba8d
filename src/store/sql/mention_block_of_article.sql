-- An article's mentions in a block. :article_id, :target_key, :kind_group
SELECT m.id, m.article_id, m.deal_id, m.facts, a.source, coalesce(p.name, s.name, a.source) AS outlet, coalesce(s.class, 'media') AS class, a.lang, a.content_hash,
       coalesce(a.published, a.first_seen_at) AS at, a.published IS NOT NULL AS dated, a.first_seen_at AS seen_at
FROM mention m INDEXED BY mention_by_article
JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE m.article_id = :article_id
  AND m.target_key = :target_key AND m.kind_group = :kind_group AND m.current = 1
ORDER BY m.ordinal
