-- Keeps a decision. :at, :who, :kind, :payload JSON
INSERT INTO decision (at, who, kind, payload) VALUES (:at, :who, :kind, :payload) RETURNING id
