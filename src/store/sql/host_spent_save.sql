-- The requests of a host on a day. :host, :day, :requests, :now
INSERT INTO host_state (host, not_before, reason, day, requests)
VALUES (:host, :now, '', :day, :requests)
ON CONFLICT (host) DO UPDATE SET day = excluded.day, requests = excluded.requests
