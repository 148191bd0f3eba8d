-- The deals that an article tells. :article_id
SELECT DISTINCT deal_id FROM mention
WHERE article_id = :article_id AND current = 1 AND deal_id IS NOT NULL
ORDER BY deal_id
