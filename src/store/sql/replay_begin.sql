-- A new run, with what it will read counted. :asked, :reader, :since, :source or NULL, :all, :now
INSERT INTO replay (
    asked, reader, since, until, after, from_seq, total, skipped, done, splits, started_at
)
SELECT :asked, :reader, :since, coalesce(max(a.id), 0), 0,
       (SELECT coalesce(max(seq), 0) FROM revision),
       count(*) FILTER (WHERE :all OR r.reader IS NOT :reader),
       count(*) FILTER (WHERE NOT :all AND r.reader IS :reader),
       0, '[]', :now
FROM article a
LEFT JOIN article_reader r ON r.article_id = a.id
WHERE a.first_seen_at >= :since AND (:source IS NULL OR a.source = :source)
RETURNING *
