-- What is remembered of one source. :source
SELECT * FROM source_state WHERE source = :source
