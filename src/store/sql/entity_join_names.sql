-- All names of one entity become names of another. :from, :into
UPDATE entity_name SET entity_id = :into WHERE entity_id = :from
