-- Takes over a date and an author that were missing. :id, :published, :author
UPDATE article
SET published = coalesce(published, :published), author = coalesce(author, :author)
WHERE id = :id
  AND ((published IS NULL AND :published IS NOT NULL) OR (author IS NULL AND :author IS NOT NULL))
