-- What people said a name means is said of another entity now. :from, :into
UPDATE entity_word SET entity_id = :into WHERE entity_id = :from
