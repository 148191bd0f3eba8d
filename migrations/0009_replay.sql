-- Stored articles are read again by a newer version (`dealwatch replay`), a piece at a time.
--
-- Most articles tell no deal, so mentions cannot say which version read them: `article_reader`
-- does, for every article read since this migration; one that is missing there is read again.
-- A run of `replay` is resumed after a kill from its row, which is written with each piece.

CREATE TABLE reader (
    id        INTEGER PRIMARY KEY,
    extractor TEXT NOT NULL,
    entities  TEXT NOT NULL,
    UNIQUE (extractor, entities)
) STRICT;

CREATE TABLE article_reader (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    reader     INTEGER NOT NULL REFERENCES reader (id)
) STRICT;

CREATE TABLE replay (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- What was asked for, as a JSON object: the same question goes on with the same run.
    asked       TEXT NOT NULL,
    reader      INTEGER NOT NULL REFERENCES reader (id),
    -- Articles first seen from here on, up to the last that was there when the run began.
    since       INTEGER NOT NULL,
    until       INTEGER NOT NULL,
    -- The last article that is done.
    after       INTEGER NOT NULL,
    -- Revisions after this one that `replay` caused are the run's.
    from_seq    INTEGER NOT NULL,
    total       INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    done        INTEGER NOT NULL,
    -- Deals that came out of others: a JSON list of pairs [new, out of].
    splits      TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
