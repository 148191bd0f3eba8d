-- Until when a host is left alone. :host, :not_before, :reason
INSERT OR REPLACE INTO host_state (host, not_before, reason) VALUES (:host, :not_before, :reason)
