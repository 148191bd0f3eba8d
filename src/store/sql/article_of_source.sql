-- Whether there is any article of a source. :source
SELECT EXISTS (SELECT 1 FROM article WHERE source = :source)
