-- The number of a deal's last revision. :id, :revision, :now
UPDATE deal SET revision = :revision, updated_at = :now WHERE id = :id
