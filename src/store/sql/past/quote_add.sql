-- A mention that a deal's revision quotes. :mention_id, :deal_id
INSERT OR IGNORE INTO temp.past_quote (mention_id, deal_id) VALUES (:mention_id, :deal_id)
