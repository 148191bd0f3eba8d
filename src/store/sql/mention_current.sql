-- What an article is read to say today. :article_id
SELECT id, target_key, kind_group, deal_id, facts
FROM mention WHERE article_id = :article_id AND current = 1 ORDER BY ordinal
