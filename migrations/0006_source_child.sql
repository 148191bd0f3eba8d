-- The documents in which a source goes on: of an index of sitemaps, its newest children. Each is
-- asked with validators of its own, and `due` is kept so that a child that could not be had after
-- the index was read is not forgotten when the index then answers 304.
CREATE TABLE source_child (
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,
    -- As the index has it; compared, never read.
    modified      TEXT,
    etag          BLOB,
    last_modified BLOB,
    body_hash     TEXT,
    due           INTEGER NOT NULL CHECK (due IN (0, 1)),
    PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;
