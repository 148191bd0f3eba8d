-- Keeps a child of a source. The columns by their names
INSERT OR REPLACE INTO source_child (
    source, url, modified, etag, last_modified, body_hash, due
) VALUES (:source, :url, :modified, :etag, :last_modified, :body_hash, :due)
