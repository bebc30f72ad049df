-- place.out_of_scale: papers whose areas are of another scale than 亩 can be, so that a unit or a decimal point is wrong: rows of
-- households (of title_certificates or contract_ledger) and of groups. A household that alone has more than its group has in
-- all, or more than 1,000 亩; a whole sheet whose households have more than 200 亩 in the middle, or, in at least half of the groups
-- that can be compared, together (by the middle one) more than eight times, or (where it has all households of the roster) less than an eighth of
-- the group's total; of paper and total either may then be the wrong one; a total of more than 200 亩 a household.
-- Example: a ledger lists 1086.67 (㎡, which stands nowhere) in a group of 20.02 亩 → its area is not known.
CREATE OR REPLACE TABLE place.out_of_scale AS
WITH own AS (
    SELECT 'title_certificates' AS table_name, source, household_id, max(area_umu) AS least, sum(area_umu)::BIGINT AS most,
           max(coalesce(area_half_umu, 0)) AS half_unit, arg_max(row_id, area_umu) AS row_id
    FROM paper.title_certificates WHERE state = 'kept' AND area_umu > 0 AND household_id IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'contract_ledger', source, household_id, max(area_umu), sum(area_umu)::BIGINT, max(coalesce(area_half_umu, 0)),
           arg_max(row_id, area_umu)
    FROM paper.contract_ledger WHERE state = 'kept' AND area_umu > 0 AND household_id IS NOT NULL GROUP BY ALL
),
placed AS (
    SELECT own.*, h.community_key, h.group_key
    FROM own LEFT JOIN place.households AS h ON h.household_id = own.household_id AND h.settled
),
roster AS (
    SELECT community_key, group_key, count(*) AS households FROM place.households WHERE group_key IS NOT NULL GROUP BY ALL
),
total AS (
    SELECT
        g.row_id, g.source, community_key, group_key, contracted_umu AS total, coalesce(contracted_half_umu, 0) AS half_unit,
        greatest(coalesce(g.households, 0), coalesce(r.households, 0), 1) AS households
    FROM paper.groups AS g LEFT JOIN roster AS r USING (community_key, group_key)
    WHERE g.state = 'kept' AND contracted_umu > 0 AND group_key IS NOT NULL
),
of_group AS (
    SELECT p.table_name, p.source, t.row_id, count(*) * median(least) > 8 * t.total AS larger, count(*) >= t.households AS whole,
           sum(most)::BIGINT * 8 < t.total AND t.total <= t.households * 200000000 AS smaller
    FROM placed AS p JOIN total AS t USING (community_key, group_key)
    GROUP BY p.table_name, p.source, t.row_id, t.total, t.households
),
of_other_scale AS (
    SELECT table_name, source FROM of_group GROUP BY ALL
    HAVING (bool_or(larger) AND 2 * count(*) FILTER (larger) >= count(*))
        OR (bool_or(whole AND smaller) AND 2 * count(*) FILTER (whole AND smaller) >= count(*) FILTER (whole))
),
too_large AS (SELECT table_name, source FROM own GROUP BY ALL HAVING median(least) > 200000000),
doubtful_sheet AS (FROM of_other_scale UNION FROM too_large)
SELECT table_name, source, household_id, row_id, least AS area_umu, TRUE AS of_sheet
FROM own SEMI JOIN doubtful_sheet USING (table_name, source)
UNION ALL
SELECT p.table_name, p.source, p.household_id, p.row_id, p.least, FALSE
FROM placed AS p ANTI JOIN doubtful_sheet USING (table_name, source)
LEFT JOIN total AS t USING (community_key, group_key)
WHERE p.least > 1000000000 OR p.least - p.half_unit > t.total + t.half_unit + 1000000
UNION ALL
SELECT 'groups', source, NULL, row_id, total, FALSE
FROM total
WHERE total > households * 200000000
    OR row_id IN (
        SELECT g.row_id
        FROM of_group AS g SEMI JOIN of_other_scale USING (table_name, source) ANTI JOIN too_large USING (table_name, source)
        WHERE larger OR (whole AND smaller)
    )
ORDER BY ALL;
