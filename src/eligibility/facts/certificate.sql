-- Title certificates (承包经营权证) of each household, once a number, and how each stood when land was first approved for
-- taking: 'in' not withdrawn before, 'out' withdrawn before, 'maybe' the papers do not tell. A number that is written in two
-- ways (证1, 证1号) is one. Rows of one number list its plots, or say the same again: its area is between the largest row and
-- the sum. doubled: the number stands on several households, so its area is nobody's; replaced: withdrawn when another was
-- issued, so it may be the same land.
CREATE OR REPLACE TEMP TABLE certificate AS
WITH earliest AS (
    SELECT household_id, min(f) AS e_lo, min(t) AS e_hi
    FROM (
        SELECT household_id, f, t FROM touching
        UNION ALL
        SELECT household_id, DATE '0001-01-01', getvariable('as_of') FROM opened
    )
    GROUP BY household_id
),
row_of_number AS (
    SELECT *, plain_number(certificate_no) AS number
    FROM paper.title_certificates
    WHERE state <> 'lost' AND issued_on_lo <= getvariable('as_of') AND household_id IS NOT NULL
),
paper AS (
    SELECT household_id, number,
           CASE WHEN bool_and(area_umu > 0) THEN max(area_umu) FILTER (state = 'kept') END AS area_lo,
           CASE WHEN bool_and(area_umu > 0) THEN sum(area_umu)::BIGINT END AS area_hi,
           sum(coalesce(area_half_umu, 0)) FILTER (state = 'kept')::BIGINT AS half,
           min(issued_on_lo) AS issued_lo, max(issued_on_hi) AS issued_hi,
           min(withdrawn_on_lo) AS withdrawn_lo, max(withdrawn_on_hi) AS withdrawn_hi
    FROM row_of_number
    GROUP BY ALL
),
doubled AS (SELECT number FROM paper GROUP BY number HAVING count(*) > 1),
heir AS (
    SELECT DISTINCT old.household_id, old.number
    FROM paper AS old JOIN paper AS new USING (household_id)
    WHERE old.number <> new.number
      AND old.withdrawn_lo < DATE '9999-12-31' AND new.issued_hi >= old.withdrawn_lo
)
SELECT
    paper.* REPLACE (
        CASE WHEN doubled.number IS NULL THEN area_lo END AS area_lo,
        CASE WHEN doubled.number IS NULL THEN area_hi END AS area_hi
    ),
    doubled.number IS NOT NULL AS doubled,
    (household_id, number) IN (SELECT (household_id, number) FROM heir) AS replaced,
    CASE
        WHEN withdrawn_lo = DATE '9999-12-31' OR withdrawn_lo >= e_hi THEN 'in'
        WHEN withdrawn_hi < e_lo THEN 'out'
        ELSE 'maybe'
    END AS standing
FROM paper
LEFT JOIN doubled USING (number)
LEFT JOIN earliest USING (household_id);

-- What a household surely held by its certificates: those of one day and of different areas stand side by side; one of another
-- day, or alike, may have taken the place of another.
-- Example: 5.10 亩 of 1999 and 5.10 of 2010 → at least 5.10; 3.00 and 1.20 of one day → 4.20.
CREATE OR REPLACE TEMP TABLE certified AS
WITH day AS (
    SELECT household_id, issued_lo, issued_hi, area_lo,
           max(area_lo) FILTER (standing = 'in' AND NOT replaced) AS lo, max(area_lo) FILTER (withdrawn_lo = DATE '9999-12-31') AS held
    FROM certificate WHERE standing <> 'out' GROUP BY ALL
),
-- a day that is not known exactly is no common day
side_by_side AS (
    SELECT household_id, CASE WHEN issued_lo = issued_hi THEN sum(lo) ELSE max(lo) END AS lo,
           CASE WHEN issued_lo = issued_hi THEN sum(held) ELSE max(held) END AS held
    FROM day GROUP BY household_id, issued_lo, issued_hi
)
SELECT household_id, coalesce(max(lo), 0)::BIGINT AS lo, coalesce(max(held), 0)::BIGINT AS held FROM side_by_side GROUP BY household_id;
