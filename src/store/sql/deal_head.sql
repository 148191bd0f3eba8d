-- What decides whether a change is one. :id
SELECT facts, removed, dismissed FROM deal WHERE id = :id
