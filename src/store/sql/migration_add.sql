-- Notes an applied migration. :name, :sql the file's whole text, :now
INSERT INTO schema_migration (name, sql, applied_at) VALUES (:name, :sql, :now)
