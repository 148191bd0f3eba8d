-- What decisions are about, so that a block finds the ones that bind it without reading all.
--
-- A merge or a split is about mentions, because deals change and mentions stay: a mention that a
-- new reading of its article replaced still says what it said, and leads to the one that took its
-- place. `side` 1 of a split is what was told apart; `deal_id` is the deal that had the mention.

CREATE TABLE decision_mention (
    mention_id  INTEGER NOT NULL REFERENCES mention (id),
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    article_id  INTEGER NOT NULL REFERENCES article (id),
    side        INTEGER NOT NULL CHECK (side IN (1, 2)),
    deal_id     INTEGER NOT NULL REFERENCES deal (id),
    PRIMARY KEY (mention_id, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_mention_by_article ON decision_mention (article_id);
CREATE INDEX decision_mention_by_decision ON decision_mention (decision_id);

CREATE TABLE decision_deal (
    deal_id     INTEGER NOT NULL REFERENCES deal (id),
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    PRIMARY KEY (deal_id, decision_id)
) STRICT, WITHOUT ROWID;
INSERT INTO decision_deal (deal_id, decision_id)
SELECT payload ->> 'deal', id FROM decision WHERE payload ->> 'deal' IN (SELECT id FROM deal);

-- Who took a decision back.
ALTER TABLE decision ADD COLUMN undone_by TEXT;
