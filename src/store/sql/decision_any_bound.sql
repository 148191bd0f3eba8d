-- Whether any decision binds mentions to deals.
SELECT EXISTS (SELECT 1 FROM decision WHERE kind IN ('merge', 'split'))
