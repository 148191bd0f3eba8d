-- Whether any decision binds mentions.
SELECT EXISTS (SELECT 1 FROM decision_mention)
