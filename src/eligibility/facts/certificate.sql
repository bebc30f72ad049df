-- Title certificates (承包经营权证) of each household, one row per number, with their validity at the first approval of a taking:
-- 'valid' not withdrawn before, 'withdrawn' withdrawn before, 'uncertain'. Two spellings of a number (证1, 证1号) are one. Rows of
-- one number list its plots or repeat it, so that its area is between the largest row and the sum. doubled: the number occurs in
-- several households, so its area belongs to none; replaced: withdrawn when another was issued, so it may be the same land.
CREATE OR REPLACE TEMP TABLE certificate AS
WITH earliest AS (
    SELECT household_id, min(approved_from) AS earliest_approval_from, min(approved_to) AS earliest_approval_to
    FROM (
        SELECT household_id, approved_from, approved_to FROM candidate_agreements
        UNION ALL
        SELECT household_id, DATE '0001-01-01', getvariable('as_of') FROM unbounded_household
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
           CASE WHEN bool_and(area_umu > 0) THEN max(area_umu) FILTER (state = 'kept') END AS area_min,
           CASE WHEN bool_and(area_umu > 0) THEN sum(area_umu)::BIGINT END AS area_max,
           sum(coalesce(area_half_umu, 0)) FILTER (state = 'kept')::BIGINT AS half_unit,
           min(issued_on_lo) AS issued_from, max(issued_on_hi) AS issued_to,
           min(withdrawn_on_lo) AS withdrawn_from, max(withdrawn_on_hi) AS withdrawn_to
    FROM row_of_number
    GROUP BY ALL
),
doubled AS (SELECT number FROM paper GROUP BY number HAVING count(*) > 1),
replacement AS (
    SELECT DISTINCT old.household_id, old.number
    FROM paper AS old JOIN paper AS new USING (household_id)
    WHERE old.number <> new.number
      AND old.withdrawn_from < DATE '9999-12-31' AND new.issued_to >= old.withdrawn_from
)
SELECT
    paper.* REPLACE (
        CASE WHEN doubled.number IS NULL THEN area_min END AS area_min,
        CASE WHEN doubled.number IS NULL THEN area_max END AS area_max
    ),
    doubled.number IS NOT NULL AS doubled,
    (household_id, number) IN (SELECT (household_id, number) FROM replacement) AS replaced,
    CASE
        WHEN withdrawn_from = DATE '9999-12-31' OR withdrawn_from >= earliest_approval_to THEN 'valid'
        WHEN withdrawn_to < earliest_approval_from THEN 'withdrawn'
        ELSE 'uncertain'
    END AS validity
FROM paper
LEFT JOIN doubled USING (number)
LEFT JOIN earliest USING (household_id);

-- certified_area: the area that each household certainly held by its certificates: those of one date with different areas are
-- added; one of another date, or with an equal area, may have replaced another.
-- Example: 5.10 亩 of 1999 and 5.10 of 2010 → at least 5.10; 3.00 and 1.20 of one date → 4.20.
CREATE OR REPLACE TEMP TABLE certified_area AS
WITH day AS (
    SELECT household_id, issued_from, issued_to, area_min,
           max(area_min) FILTER (validity = 'valid' AND NOT replaced) AS valid_area,
           max(area_min) FILTER (withdrawn_from = DATE '9999-12-31') AS held_area
    FROM certificate WHERE validity <> 'withdrawn' GROUP BY ALL
),
-- dates that are not known exactly are not treated as equal
side_by_side AS (
    SELECT household_id, CASE WHEN issued_from = issued_to THEN sum(valid_area) ELSE max(valid_area) END AS valid_area,
           CASE WHEN issued_from = issued_to THEN sum(held_area) ELSE max(held_area) END AS held_area
    FROM day GROUP BY household_id, issued_from, issued_to
)
SELECT household_id, coalesce(max(valid_area), 0)::BIGINT AS area_min, coalesce(max(held_area), 0)::BIGINT AS certified_holding
FROM side_by_side GROUP BY household_id;
