-- Why a deal's mentions are one. :id, :reasons a JSON list
UPDATE deal_record SET reasons = :reasons WHERE deal_id = :id
