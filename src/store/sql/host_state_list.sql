-- Every host that is to be left alone for a time, or whose requests are counted.
SELECT host, not_before, reason, day, requests FROM host_state ORDER BY host
