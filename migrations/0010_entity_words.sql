-- What people said about companies. It counts before the entity table and before what the news
-- was found to say, and goes when the decision is taken back.

-- What a name means, as `entity` folds it.
CREATE TABLE entity_word (
    folded      TEXT NOT NULL,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    entity_id   TEXT NOT NULL,
    name        TEXT NOT NULL,
    PRIMARY KEY (folded, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_word_by_entity ON entity_word (entity_id);

-- Two entities are one: what is said of the first is said of the second.
CREATE TABLE entity_link (
    from_id     TEXT NOT NULL,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    into_id     TEXT NOT NULL,
    PRIMARY KEY (from_id, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_link_by_into ON entity_link (into_id);

-- Two entities are two, whatever the news says.
CREATE TABLE entity_apart (
    one_id      TEXT NOT NULL,
    other_id    TEXT NOT NULL,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    PRIMARY KEY (one_id, other_id, decision_id)
) STRICT, WITHOUT ROWID;
