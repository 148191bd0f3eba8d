-- What filters ask of a deal. :id, and the columns by their names
UPDATE deal SET
    target = :target, target_key = :target_key, kind = :kind, status = :status, ai = :ai,
    main = :main, round = :round, round_rank = :round_rank,
    amount_min = :amount_min, amount_max = :amount_max, amount_currency = :amount_currency,
    amount_usd_min = :amount_usd_min, amount_usd_max = :amount_usd_max,
    amount_rate_year = :amount_rate_year,
    valuation_min = :valuation_min, valuation_max = :valuation_max,
    valuation_currency = :valuation_currency,
    valuation_usd_min = :valuation_usd_min, valuation_usd_max = :valuation_usd_max,
    valuation_rate_year = :valuation_rate_year,
    announced_from = :announced_from, announced_to = :announced_to,
    first_reported_at = :first_reported_at, confidence = :confidence, sources = :sources,
    removed = 0
WHERE id = :id
