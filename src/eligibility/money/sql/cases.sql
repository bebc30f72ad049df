-- benefit_cases: what is reckoned alike, once, with the rows of the persons; only persons of the outcomes and classes of benefit
-- $benefit.
CREATE OR REPLACE TEMP TABLE benefit_cases AS
WITH asked AS (
    SELECT fact.row_id, profile.sure, profile."class"{keys}
    FROM fact.persons AS fact
    JOIN decision.persons AS decided USING (row_id)
    JOIN benefit_profiles AS profile ON profile.profile_id = decided.profile_id AND profile.benefit = $benefit
),
alike AS (
    SELECT list(row_id) AS rows, min(row_id) AS first_row, COLUMNS(* EXCLUDE (row_id)) FROM asked GROUP BY ALL
)
SELECT row_number() OVER (ORDER BY first_row) AS number, first_row, * EXCLUDE (first_row, rows), rows FROM alike;
