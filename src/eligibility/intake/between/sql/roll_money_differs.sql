-- Rolls that pay out more than the compensation of their agreement; half a yuan a line is left for rounding.
WITH signed AS (
    SELECT agreement_key, min(row_id) AS row_id, sum(compensation_fen)::BIGINT AS fen
    FROM paper.agreements
    GROUP BY agreement_key
    HAVING bool_and(state = 'kept' AND NOT conflict AND compensation_fen IS NOT NULL)
),
roll AS (
    SELECT
        agreement_key, count(*) AS lines, sum(amount_fen)::BIGINT AS fen, arg_min(source, row_id) AS source,
        arg_min("row", row_id) AS "row"
    FROM paper.payouts
    WHERE state = 'kept'
    GROUP BY agreement_key
)
SELECT
    'agreements', s.row_id, 10, 'compensation_yuan', intake.yuan(s.fen), 'roll_money_differs', intake.yuan(r.fen),
    FALSE, r.source, r."row"
FROM signed AS s
JOIN roll AS r USING (agreement_key)
WHERE r.fen > s.fen + 50 * r.lines
