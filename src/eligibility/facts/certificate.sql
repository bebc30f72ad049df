-- Title certificates (承包经营权证) of each household, once a number, and how each stood when land was first approved for
-- taking: 'in' not withdrawn before, 'out' withdrawn before, 'maybe' the papers do not tell. doubled: the number stands
-- on several households, so its area is nobody's; replaced: withdrawn when another was issued, so it may be the same land.
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
paper AS (
    SELECT household_id, certificate_no,
           CASE WHEN count(DISTINCT coalesce(area_umu, -1)) = 1 THEN min(area_umu) END AS area_umu,
           max(coalesce(area_half_umu, 0)) AS half,
           min(issued_on_lo) AS issued_lo, max(issued_on_hi) AS issued_hi,
           min(withdrawn_on_lo) AS withdrawn_lo, max(withdrawn_on_hi) AS withdrawn_hi
    FROM paper.title_certificates
    WHERE state = 'kept' AND issued_on_lo <= getvariable('as_of')
    GROUP BY ALL
),
doubled AS (SELECT certificate_no FROM paper GROUP BY certificate_no HAVING count(*) > 1),
heir AS (
    SELECT DISTINCT old.household_id, old.certificate_no
    FROM paper AS old JOIN paper AS new USING (household_id)
    WHERE old.certificate_no <> new.certificate_no
      AND old.withdrawn_lo < DATE '9999-12-31' AND new.issued_hi >= old.withdrawn_lo
)
SELECT
    paper.* REPLACE (CASE WHEN certificate_no NOT IN (SELECT certificate_no FROM doubled) THEN area_umu END AS area_umu),
    certificate_no IN (SELECT certificate_no FROM doubled) AS doubled,
    (household_id, certificate_no) IN (SELECT (household_id, certificate_no) FROM heir) AS replaced,
    CASE
        WHEN withdrawn_lo = DATE '9999-12-31' OR withdrawn_lo >= e_hi THEN 'in'
        WHEN withdrawn_hi < e_lo THEN 'out'
        ELSE 'maybe'
    END AS standing
FROM paper
LEFT JOIN earliest USING (household_id);
