-- Lines of a roll that are wholly alike, where the roll does not add up to its agreement.
WITH signed AS (
    SELECT agreement_key, sum(area_umu)::BIGINT AS area, sum(area_half_umu)::BIGINT AS half
    FROM paper.agreements WHERE state = 'kept' AND land_class IN ('basic_farmland', 'farmland') GROUP BY agreement_key
),
roll AS (SELECT agreement_key, sum(area_umu)::BIGINT AS area, count(*) AS lines FROM paper.payouts WHERE state = 'kept' GROUP BY agreement_key),
alike AS (
    SELECT *, first_value(row_id) OVER same AS first_id, first_value(source) OVER same AS first_source, first_value("row") OVER same AS first_row
    FROM paper.payouts WHERE state = 'kept' AND area_umu > 0 AND household_id IS NOT NULL
    WINDOW same AS (PARTITION BY agreement_key, household_id, area_umu, amount_fen ORDER BY row_id)
)
SELECT 'payouts', a.row_id, 2, 'area_mu', a.household_id, 'line_twice', '', FALSE, a.first_source, a.first_row
FROM alike AS a JOIN signed AS s USING (agreement_key) JOIN roll AS r USING (agreement_key)
WHERE a.row_id <> a.first_id AND abs(r.area - s.area) > s.half + 5000 * r.lines
