-- The articles that a run reads next. :id of the run, :after an article, :limit
SELECT a.id
FROM replay p
JOIN article a ON a.id > :after AND a.id <= p.until AND a.first_seen_at >= p.since
LEFT JOIN article_reader r ON r.article_id = a.id
WHERE p.id = :id
  AND (p.asked ->> 'source' IS NULL OR a.source = p.asked ->> 'source')
  AND (p.asked ->> 'all' OR r.reader IS NOT p.reader)
ORDER BY a.id LIMIT :limit
