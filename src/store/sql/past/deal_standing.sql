-- How a deal of a past is listed. :id, :merged_into, :removed, :dismissed
UPDATE temp.deal SET merged_into = :merged_into, removed = :removed, dismissed = :dismissed
WHERE id = :id
