-- Where a deal went; forwarding is never more than one step. :id
SELECT coalesce(merged_into, id) FROM deal WHERE id = :id
