-- Persons by street and by the first stage that is not complete (table review_standing; $1: the number of stages, for
-- those who are through all), with what was decided of them; streets in the order of the input.
SELECT street, stood, outcome, count(*) AS persons
FROM (SELECT street, coalesce(place, $1) AS stood, outcome, min(row_id) OVER (PARTITION BY street) AS first FROM review_standing)
GROUP BY street, stood, outcome, first
ORDER BY first, stood, outcome
