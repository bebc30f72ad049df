-- Answers that the batch was given, by what became of them.
SELECT effect, count(*) FROM paper.answers GROUP BY ALL ORDER BY ALL
