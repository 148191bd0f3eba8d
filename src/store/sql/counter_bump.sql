-- Adds to a day's count of a stage. :stage, :day, :n
INSERT INTO counter (stage, day, n) VALUES (:stage, :day, :n)
ON CONFLICT (stage, day) DO UPDATE SET n = n + excluded.n
