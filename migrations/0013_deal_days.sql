-- For news that another language may have told in the same week: the deals of a day, by their sum.
CREATE INDEX deal_by_day ON deal (first_reported_at / 86400000000, amount_place);
