-- Orders and joins of a past are as quick as those of the present.
CREATE INDEX temp.past_deal_by_reported ON deal (first_reported_at, id);
CREATE INDEX temp.past_deal_by_seen ON deal (first_seen_at, id);
