-- The whole schema as text, without the tables that FTS5 makes for itself.
SELECT sql FROM sqlite_schema
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT GLOB '*_index_*'
ORDER BY type DESC, name
