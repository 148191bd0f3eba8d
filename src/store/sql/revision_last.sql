-- The cursor behind the last revision.
SELECT coalesce(max(seq), 0) FROM revision
