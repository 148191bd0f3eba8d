-- The deals of a company, newest first. :target_key
SELECT id FROM deal WHERE target_key = :target_key AND merged_into IS NULL AND revision > 0 ORDER BY first_reported_at DESC, id DESC
