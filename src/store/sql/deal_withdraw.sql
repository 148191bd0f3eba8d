-- Whether a deal is told by any article, and whether a person dismissed it. :id and both
UPDATE deal SET removed = :removed, dismissed = :dismissed WHERE id = :id
