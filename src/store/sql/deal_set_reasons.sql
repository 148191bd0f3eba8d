-- Why a deal's mentions are one. :id, :reasons a JSON list
UPDATE deal SET reasons = :reasons WHERE id = :id
