-- The applied migrations, oldest first.
SELECT name, sql FROM schema_migration ORDER BY name
