-- Every host that is to be left alone for a time.
SELECT host, not_before, reason FROM host_state ORDER BY host
