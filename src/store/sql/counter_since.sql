-- The counts since a day. :day
SELECT stage, day, n FROM counter WHERE day >= :day ORDER BY day, stage
