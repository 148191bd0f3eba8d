-- The words behind each value of a mention. :mention_id
SELECT field, start, "end", text, rule, sentence
FROM evidence WHERE mention_id = :mention_id ORDER BY ordinal
