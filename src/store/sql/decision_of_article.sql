-- The decisions in force that bind a mention of an article to a deal; one about companies only
-- remembers what they told. :article_id
SELECT DISTINCT d.* FROM decision_mention x
JOIN decision d ON d.id = x.decision_id
WHERE x.article_id = :article_id AND d.undone_at IS NULL AND d.kind IN ('merge', 'split')
ORDER BY d.id
