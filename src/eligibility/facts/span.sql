-- The approval date of a household: the latest approval among its touching agreements, as a range a_lo … a_hi (sentinels:
-- unbounded). start: the earliest touching approval, an approval of unknown day counted on a_lo. No
-- row where nothing touches it.
CREATE OR REPLACE TEMP TABLE span AS
WITH seen AS (
    SELECT
        household_id, f, t,
        whole AND taken > 0 AS by_line,
        whole AND rem_cov > 0 AND CASE
            WHEN communal THEN c_shares OR (c_later AND pool_least(o_lo, rem_cov, c_left, slack) > 0)
            ELSE g_shares OR (g_later AND pool_least(o_lo, rem_cov, g_left, slack) > 0)
        END AS by_pool,
        rem_cov > 0 AND CASE WHEN communal THEN c_least > 0 ELSE g_least > 0 END AS in_pool,
        rem_cov > 0 AND b_least > 0 AS in_both,
        communal
    FROM fact.touches
    JOIN share USING (household_id)
    JOIN bound USING (household_id)
),
bounded AS (
    SELECT
        household_id,
        greatest(
            coalesce(max(f) FILTER (by_line OR by_pool), DATE '0001-01-01'),
            coalesce(min(f) FILTER (in_pool AND communal), DATE '0001-01-01'),
            coalesce(min(f) FILTER (in_pool AND NOT communal), DATE '0001-01-01'),
            coalesce(min(f) FILTER (in_both), DATE '0001-01-01')
        ) AS a_lo,
        max(t) AS a_hi, min(f) AS e_lo,
        min(f) FILTER (f > DATE '0001-01-01') AS e_known
    FROM seen
    GROUP BY household_id
)
SELECT
    household_id,
    coalesce(a_lo, DATE '0001-01-01') AS a_lo,
    CASE WHEN o.household_id IS NULL THEN a_hi ELSE getvariable('as_of') END AS a_hi,
    CASE
        WHEN e_lo > DATE '0001-01-01' AND o.household_id IS NULL THEN e_lo
        WHEN a_lo > DATE '0001-01-01' THEN least(a_lo, coalesce(e_known, a_lo))
    END AS start
FROM bounded
FULL JOIN opened AS o USING (household_id);
