-- All mentions of one entity become mentions of another. :from, :into
UPDATE mention SET target_key = :into WHERE target_key = :from
