-- How far each deal reaches in a block of mentions: when it was told, and the facts by which a
-- telling from far away can be the same. A new mention is compared with the deals that it can
-- reach, and the others of a company that is always in the news are not even read.
CREATE TABLE deal_reach (
    target_key TEXT NOT NULL,
    kind_group TEXT NOT NULL CHECK (kind_group IN ('funding', 'control', 'ipo')),
    deal_id    INTEGER NOT NULL REFERENCES deal (id),
    -- A JSON object; NULL where nobody has looked yet: such a deal reaches everything.
    reach      TEXT,
    PRIMARY KEY (target_key, kind_group, deal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_reach_by_deal ON deal_reach (deal_id);

INSERT INTO deal_reach (target_key, kind_group, deal_id)
SELECT DISTINCT target_key, kind_group, deal_id FROM mention
WHERE current = 1 AND deal_id IS NOT NULL;
