-- All spellings of one entity become spellings of another. :from, :into
UPDATE OR IGNORE entity_sound SET entity_id = :into WHERE entity_id = :from
