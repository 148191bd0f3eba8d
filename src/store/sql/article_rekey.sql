-- The same article under another key, and where it stands now.
-- :id, :key, :url and :canonical_url may be null
UPDATE article SET
    key = :key, url = coalesce(:url, url), canonical_url = coalesce(:canonical_url, canonical_url)
WHERE id = :id
