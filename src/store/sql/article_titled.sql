-- Whether a source has delivered the title before. :source, :title
SELECT EXISTS (SELECT 1 FROM article WHERE source = :source AND title = :title)
