-- Before the configured sources are taken over.
UPDATE source SET enabled = 0
