-- Keeps what is remembered of one source. The columns by their names
INSERT OR REPLACE INTO source_state (
    source, etag, last_modified, validators_url, next_poll_at, polled_at, succeeded_at, changed_at,
    failures, last_error, cause, reader, stopped, seeded, body_hash, hints, rhythm, redirect, rewritten,
    flood, counts, raised, odd
) VALUES (
    :source, :etag, :last_modified, :validators_url, :next_poll_at, :polled_at, :succeeded_at,
    :changed_at, :failures, :last_error, :cause, :reader, :stopped, :seeded, :body_hash, :hints, :rhythm,
    :redirect, :rewritten, :flood, :counts, :raised, :odd
)
