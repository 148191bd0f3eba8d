-- The children of a source. :source
SELECT url, modified, etag, last_modified, body_hash, due FROM source_child WHERE source = :source
ORDER BY url
