-- link.coverage as a way of linking would have it that knows no ranges: a linked line is wholly covered, any other not at all.
CREATE OR REPLACE TABLE link.coverage AS
WITH said AS (
    SELECT
        row_id, count(*)::INTEGER AS approvals, min(approved_lo) AS lo, max(approved_hi) AS hi,
        bool_and(competent IS TRUE) AS competent, bool_and(competent IS FALSE) AS incompetent,
        bool_and(approved_lo >= getvariable('start_date')) AS since,
        CASE WHEN bool_or(special) THEN TRUE WHEN bool_or(special IS NULL) THEN NULL ELSE FALSE END AS special
    FROM assumed JOIN link.approval_law USING (approval_key)
    GROUP BY row_id
)
SELECT c.* REPLACE (
    CASE WHEN approvals > 0 THEN area_umu ELSE 0 END AS covered_umu_min,
    CASE WHEN approvals > 0 THEN area_umu ELSE 0 END AS covered_umu_max,
    coalesce(lo, DATE '0001-01-01') AS approved_lo,
    coalesce(hi, DATE '9999-12-31') AS approved_hi,
    CASE WHEN approvals > 0 THEN 'covered' ELSE 'uncovered' END AS status,
    CASE WHEN competent AND since THEN area_umu ELSE 0 END AS law_umu_min,
    CASE WHEN competent THEN area_umu ELSE 0 END AS competent_umu_min,
    coalesce(approvals, 0) AS possible,
    incompetent AS all_incompetent,
    CASE WHEN approvals > 0 THEN said.special ELSE FALSE END AS special,
    FALSE AS contradictory
)
FROM link.coverage AS c LEFT JOIN said USING (row_id)
WHERE c.status <> 'not_expropriation'
UNION ALL
SELECT * FROM link.coverage WHERE status = 'not_expropriation'
ORDER BY row_id;
