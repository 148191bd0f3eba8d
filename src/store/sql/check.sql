-- What is wrong with the file's structure, and rows that refer to none.
SELECT quick_check AS problem FROM pragma_quick_check WHERE quick_check <> 'ok'
UNION ALL
SELECT 'a row of ' || "table" || ' refers to a missing row of ' || parent
FROM pragma_foreign_key_check
