-- A deal's record. :id
SELECT * FROM deal WHERE id = :id AND revision > 0
