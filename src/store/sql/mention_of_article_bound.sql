-- What an article is read to say today, for a decision about an earlier reading. :article_id
SELECT id, article_id, current, ordinal, target_key, kind_group, facts
FROM mention WHERE article_id = :article_id AND current = 1 ORDER BY ordinal
