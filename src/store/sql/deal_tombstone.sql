-- Makes a deal, and what forwarded to it, forward to another. :from, :into, :now
UPDATE deal SET merged_into = :into, updated_at = :now
WHERE (id = :from OR merged_into = :from) AND id <> :into
