-- What was odd about the last document that was read, in words: a JSON array.
ALTER TABLE source_state ADD COLUMN odd TEXT NOT NULL DEFAULT '[]';
