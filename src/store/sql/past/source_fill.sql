-- Every deal's sources, from the mentions of a past.
CREATE INDEX temp.past_mention_by_deal ON mention (deal_id);
CREATE INDEX temp.past_mention_by_article ON mention (article_id);
INSERT OR IGNORE INTO temp.deal_source (deal_id, source, lang, class)
SELECT m.deal_id, a.source, a.lang, coalesce(s.class, 'media')
FROM temp.mention m
JOIN temp.deal d ON d.id = m.deal_id
JOIN main.article a ON a.id = m.article_id
LEFT JOIN main.source s ON s.id = a.source;
