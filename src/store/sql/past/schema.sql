-- The words that made a table of the present. :name
SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = :name
