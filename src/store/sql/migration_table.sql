-- Where applied migrations are kept, text and all; made before the first of them.
CREATE TABLE schema_migration (
    name       TEXT PRIMARY KEY,
    sql        TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID
