-- The need of a year by month, street, benefit and payer, in 分: of those decided and, as it would be, of those in review. `unknown`:
-- persons for whom there is no figure, whose need is not in the sums.
WITH place AS (SELECT row_id, street FROM decision.persons),
counted AS (
    SELECT row_id, benefit, payer, reckoned_on, low, high, why, FALSE AS open FROM due
    UNION ALL
    SELECT o.row_id, o.benefit, o.payer, o.reckoned_on, o.low, o.high, o.why, TRUE FROM due_open AS o
    WHERE o.row_id IN (SELECT row_id FROM decision.persons WHERE outcome = 'manual_review')
)
SELECT
    strftime(reckoned_on, '%Y-%m') AS month, street, benefit, payer,
    count(DISTINCT row_id) FILTER (NOT open)::BIGINT AS persons,
    coalesce(sum(CASE WHEN why = 'entitlement_open' THEN 0 ELSE low END) FILTER (NOT open), 0)::BIGINT AS low,
    coalesce(sum(high) FILTER (NOT open), 0)::BIGINT AS high,
    count(DISTINCT row_id) FILTER (open)::BIGINT AS open_persons,
    coalesce(sum(high) FILTER (open), 0)::BIGINT AS open_high,
    count(DISTINCT row_id) FILTER (high IS NULL)::BIGINT AS unknown
FROM counted JOIN place USING (row_id)
GROUP BY ALL
ORDER BY month, street, benefit, payer;
