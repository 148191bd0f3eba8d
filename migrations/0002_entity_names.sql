-- Which provisional entity a name means. The news gives one company two names (星野智能 and
-- Starfield AI); what each language tells of it must meet in one block, whichever comes first.
--
-- `folded` is the key of the name as `entity` folds it.

CREATE TABLE entity_name (
    folded    TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    added_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_name_by_entity ON entity_name (entity_id);
