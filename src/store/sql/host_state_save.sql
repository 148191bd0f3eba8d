-- Until when a host is left alone. :host, :not_before, :reason
INSERT INTO host_state (host, not_before, reason) VALUES (:host, :not_before, :reason)
ON CONFLICT (host) DO UPDATE SET not_before = excluded.not_before, reason = excluded.reason
