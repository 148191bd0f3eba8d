-- A new mention. The columns by their names
INSERT INTO mention (
    article_id, ordinal, current, article_revision, extractor_version, entity_version, target_key,
    kind_group, kind, status, main, ai, deal_id, facts
) VALUES (
    :article_id, :ordinal, 1, :article_revision, :extractor_version, :entity_version, :target_key,
    :kind_group, :kind, :status, :main, :ai, :deal_id, :facts
)
RETURNING id
