-- Persons whose decision differs between two tables of decisions: id, name, community, outcome before and after. Two rows of one id are
-- told apart by their order.
WITH earlier AS (SELECT *, row_number() OVER (PARTITION BY resident_id ORDER BY file_row_number) AS nth FROM read_parquet($1, file_row_number = true)),
later AS (SELECT *, row_number() OVER (PARTITION BY resident_id ORDER BY file_row_number) AS nth FROM read_parquet($2, file_row_number = true))
SELECT coalesce(b.resident_id, n.resident_id), coalesce(n.name, b.name, ''), coalesce(n.community, b.community, ''), coalesce(b.outcome, '') AS was,
    coalesce(n.outcome, '') AS is_now
FROM earlier AS b FULL JOIN later AS n USING (resident_id, nth)
WHERE (b.outcome, b.reasons, b.clauses_refuted, b.clauses_open) IS DISTINCT FROM (n.outcome, n.reasons, n.clauses_refuted, n.clauses_open)
ORDER BY coalesce(n.file_row_number, b.file_row_number)
