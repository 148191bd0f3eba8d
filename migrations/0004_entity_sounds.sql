-- How a name is spelt by its sound. 青禾软件 and Qinghe Software have no text that links them; the
-- spelling finds the one when the other is met, and the facts of their deals decide.
--
-- `sound` is in small Latin letters without tones: the first syllables of a Chinese name, the first
-- words of a Latin one.

CREATE TABLE entity_sound (
    sound     TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    PRIMARY KEY (sound, entity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_sound_by_entity ON entity_sound (entity_id);
