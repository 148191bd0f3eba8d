-- Deals that wait for more and were last heard of before a time. :heard, :after a deal, :limit
SELECT d.id, d.target_key, d.kind
FROM deal d
WHERE d.id > :after
  AND d.status IN ('seeking', 'rumoured', 'in_talks')
  AND d.revision > 0 AND d.merged_into IS NULL AND d.removed = 0
  AND d.first_reported_at < :heard
  AND NOT EXISTS (
      SELECT 1 FROM mention m
      JOIN article a ON a.id = m.article_id
      WHERE m.deal_id = d.id AND m.current = 1 AND (m.main = 1 OR d.main = 0)
        AND coalesce(a.published, a.first_seen_at) >= :heard
  )
ORDER BY d.id LIMIT :limit
