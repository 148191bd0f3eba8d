-- A tombstone is a deal again, and leads home what it had taken in. :id, :into, :now
UPDATE deal SET merged_into = CASE id WHEN :id THEN NULL ELSE :id END, updated_at = :now
WHERE merged_into = :into AND (id = :id OR id IN (
    SELECT r.deal_id FROM revision r WHERE r.event = 'merged' AND r.merged_into = :id
))
