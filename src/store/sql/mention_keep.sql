-- A mention that a new reading makes again. :id, :ordinal, and the reading
UPDATE mention SET
    current = 1, ordinal = :ordinal, article_revision = :article_revision,
    extractor_version = :extractor_version, entity_version = :entity_version
WHERE id = :id
