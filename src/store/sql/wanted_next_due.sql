-- When the next page is due.
SELECT min(due_at) FROM wanted WHERE state = 'due'
