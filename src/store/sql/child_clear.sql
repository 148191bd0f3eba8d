-- Forgets the children of a source. :source
DELETE FROM source_child WHERE source = :source
