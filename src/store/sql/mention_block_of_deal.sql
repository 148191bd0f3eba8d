-- What the articles of a deal tell in a block: the deal, and others beside it. :deal_id,
-- :target_key, :kind_group
SELECT m.id, m.article_id, m.deal_id, m.facts, a.source, coalesce(p.name, s.name, a.source) AS outlet, coalesce(s.class, 'media') AS class, a.lang, a.content_hash,
       coalesce(a.published, a.first_seen_at) AS at, a.published IS NOT NULL AS dated, a.first_seen_at AS seen_at
FROM (
    SELECT DISTINCT article_id FROM mention INDEXED BY mention_by_deal
    WHERE deal_id = :deal_id
      AND target_key = :target_key AND kind_group = :kind_group AND current = 1
) t
CROSS JOIN mention m INDEXED BY mention_by_article ON m.article_id = t.article_id
CROSS JOIN article a ON a.id = m.article_id
LEFT JOIN source s ON s.id = a.source
LEFT JOIN article_publisher p ON p.article_id = a.id
WHERE m.target_key = :target_key AND m.kind_group = :kind_group AND m.current = 1
ORDER BY m.article_id, m.ordinal
