-- More of what is remembered of a source's polls: why the last one failed, what the feed itself
-- asks for, how it publishes, where it has moved, what is held back, how politely it was asked.
--
-- What belongs together and is only ever read together is one JSON object; a key that is missing
-- has its default, so that a later version may add one.

ALTER TABLE source_state ADD COLUMN cause TEXT;
ALTER TABLE source_state ADD COLUMN hints TEXT NOT NULL DEFAULT '{}';
ALTER TABLE source_state ADD COLUMN rhythm TEXT NOT NULL DEFAULT '{}';
ALTER TABLE source_state ADD COLUMN redirect TEXT;
ALTER TABLE source_state ADD COLUMN rewritten TEXT;
ALTER TABLE source_state ADD COLUMN flood TEXT;
ALTER TABLE source_state ADD COLUMN counts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE source_state ADD COLUMN raised TEXT;
UPDATE source_state SET counts = json_object(
    'requests', requests, 'not_modified', not_modified, 'bytes', bytes
);
ALTER TABLE source_state DROP COLUMN requests;
ALTER TABLE source_state DROP COLUMN not_modified;
ALTER TABLE source_state DROP COLUMN bytes;

-- Requests of a day in UTC (days since 1970), for the daily budget of a host; a host that is only
-- counted is not paused.
ALTER TABLE host_state ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE host_state ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
