-- What a decision is about. :decision_id, :deal_id
INSERT OR IGNORE INTO decision_deal (deal_id, decision_id) VALUES (:deal_id, :decision_id)
