-- How many messages there are in each state.
SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state
