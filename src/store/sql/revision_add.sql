-- Appends to a deal's history. :at, and the columns by their names
INSERT INTO revision (
    deal_id, number, at, event, cause, article_id, merged_into, changes, facts
)
SELECT :deal_id, revision + 1, :at, :event, :cause, :article_id, :merged_into, :changes, :facts
FROM deal WHERE id = :deal_id
RETURNING seq, number
