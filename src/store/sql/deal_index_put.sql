-- Indexes the names of a deal's parties anew. :id, and per role the names cut into words
INSERT OR REPLACE INTO deal_index (rowid, target, acquirer, investor, lead, seller, adviser)
VALUES (:id, :target, :acquirer, :investor, :lead, :seller, :adviser)
