-- Persons whose decision differs between two tables of decisions; a person who stands in one of them only has no outcome in the other.
WITH before AS (SELECT resident_id, outcome, {digest} AS said, row_number() OVER (PARTITION BY resident_id) AS nth FROM read_parquet($1)),
after AS (SELECT resident_id, outcome, {digest} AS said, row_number() OVER (PARTITION BY resident_id) AS nth FROM read_parquet($2))
SELECT resident_id, coalesce(before.outcome, ''), coalesce(after.outcome, '')
FROM before FULL JOIN after USING (resident_id, nth)
WHERE before.said IS DISTINCT FROM after.said
ORDER BY resident_id, nth;
