-- By-parcel rolls that do not add up to the farmland of their agreement, within what was printed.
WITH signed AS (
    SELECT agreement_key, min(row_id) AS row_id, sum(area_umu)::BIGINT AS area, sum(area_half_umu)::BIGINT AS half
    FROM paper.agreements
    WHERE land_class IN ('basic_farmland', 'farmland')
    GROUP BY agreement_key
    HAVING bool_and(state = 'kept' AND NOT conflict)
),
roll AS (
    SELECT
        agreement_key, count(*) AS lines, sum(area_umu)::BIGINT AS area, arg_min(source, row_id) AS source,
        arg_min("row", row_id) AS "row"
    FROM paper.payouts
    GROUP BY agreement_key
    HAVING bool_and(state = 'kept' AND coalesce(basis = 'by_parcel', FALSE) AND area_umu IS NOT NULL)
)
SELECT
    'agreements', s.row_id, 7, 'area', intake.mu(s.area), 'roll_differs', intake.mu(r.area), FALSE, r.source, r."row"
FROM signed AS s
JOIN roll AS r USING (agreement_key)
WHERE abs(r.area - s.area) > s.half + 5000 * r.lines
