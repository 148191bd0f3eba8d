-- Whether a deal is shown at all. :id
SELECT 1 FROM deal WHERE id = :id AND listed
