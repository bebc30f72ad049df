-- What reviewers say of a line and an approval. Of one reviewer the latest judgement counts; unsure tells nothing;
-- confirmed by one and rejected by another contradict each other and bind nothing.
CREATE OR REPLACE TEMP TABLE judged_line AS
WITH said AS (
    SELECT a.row_id, a.agreement_key, a.land_class, j.approval_key, j.verdict, j."by", j.on_lo, j.place
    FROM judgement AS j
    JOIN paper.agreements AS a
        ON a.state = 'kept' AND a.agreement_key = j.agreement_key
        AND (j.land_class = '' OR a.land_class IS NOT DISTINCT FROM j.class_key)
    WHERE j.wrong IS NULL
),
latest AS (
    SELECT * FROM said
    QUALIFY on_lo IS NULL OR on_lo >= max(on_lo) OVER (PARTITION BY row_id, approval_key, "by")
)
SELECT
    row_id, agreement_key, land_class, approval_key,
    bool_or(verdict = 'confirmed') AS confirmed, bool_or(verdict = 'rejected') AS rejected,
    string_agg(DISTINCT "by", '、' ORDER BY "by") FILTER (verdict <> 'unsure') AS judged_by,
    list(DISTINCT place ORDER BY place) FILTER (verdict <> 'unsure') AS places
FROM latest
GROUP BY ALL;
CREATE OR REPLACE TABLE paper.judged AS
SELECT
    l.row_id, l.agreement_key, l.land_class, l.approval_key,
    CASE WHEN l.confirmed THEN 'confirmed' ELSE 'rejected' END AS verdict, l.judged_by, j.file, j.sheet, j."row"
FROM judged_line AS l
JOIN judgement AS j ON j.place = l.places[1]
WHERE l.confirmed <> l.rejected
ORDER BY l.row_id, l.approval_key;
