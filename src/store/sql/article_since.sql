-- Articles in the order of their rows. :since, :after an id, :limit
SELECT * FROM article WHERE id > :after AND first_seen_at >= :since ORDER BY id LIMIT :limit
