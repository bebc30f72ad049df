-- Persons by outcome before (of a kept table of decisions) and now; two rows of one id are told apart by their order.
-- Example: manual_review, eligible, 17.
WITH earlier AS (SELECT *, row_number() OVER (PARTITION BY resident_id ORDER BY file_row_number) AS nth FROM read_parquet(?, file_row_number = true)),
later AS (SELECT *, row_number() OVER (PARTITION BY resident_id ORDER BY row_id) AS nth
    FROM paper.persons JOIN verdict.persons USING (row_id) JOIN verdict.profiles USING (profile_id) WHERE state = 'kept')
SELECT b.outcome AS was, n.outcome AS is_now, count(*) AS persons
FROM earlier AS b JOIN later AS n USING (resident_id, nth)
GROUP BY ALL ORDER BY ALL
