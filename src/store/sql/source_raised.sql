-- What watchers were last told of a source. :source
SELECT raised FROM source_state WHERE source = :source
