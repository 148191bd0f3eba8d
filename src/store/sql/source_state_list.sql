-- What is remembered of every source.
SELECT * FROM source_state ORDER BY source
