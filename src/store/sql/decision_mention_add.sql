-- A mention that a decision binds. :decision_id, :mention_id, :side, :deal_id
INSERT OR IGNORE INTO decision_mention (mention_id, decision_id, article_id, side, deal_id)
SELECT id, :decision_id, article_id, :side, :deal_id FROM mention WHERE id = :mention_id
