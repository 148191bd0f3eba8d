-- The words behind a mention's values have rows of their own (evidence); its facts, which are read
-- whenever a deal is resolved, carry them no more.
UPDATE mention SET facts = json_set(facts, '$.evidence', json('[]'));
