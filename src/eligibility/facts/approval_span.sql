-- The approval date of each household: the latest approval among its affecting agreements, as a range (sentinel dates mean
-- unbounded). earliest_approval: the earliest approval of an affecting agreement; an unknown date counts as approval_date_from.
-- Households without affecting agreements have no row.
CREATE OR REPLACE TEMP TABLE approval_span AS
WITH dated AS (
    SELECT
        household_id, approved_from, approved_to,
        fully_covered AND taken > 0 AS by_line,
        fully_covered AND remainder_covered > 0 AND CASE
            WHEN community_wide THEN community_share_applies OR (community_all_after AND pool_least(own_min, remainder_covered,
                community_contracted_left, rounding) > 0)
            ELSE group_share_applies OR (group_all_after AND pool_least(own_min, remainder_covered, group_contracted_left, rounding) > 0)
        END AS by_pool,
        remainder_covered > 0 AND CASE WHEN community_wide THEN community_min > 0 ELSE group_min > 0 END AS in_pool,
        remainder_covered > 0 AND combined_min > 0 AS in_both,
        community_wide
    FROM fact.affecting_agreements
    JOIN loss_inputs USING (household_id)
    JOIN pool_bounds USING (household_id)
),
bounded AS (
    SELECT
        household_id,
        greatest(
            coalesce(max(approved_from) FILTER (by_line OR by_pool), DATE '0001-01-01'),
            coalesce(min(approved_from) FILTER (in_pool AND community_wide), DATE '0001-01-01'),
            coalesce(min(approved_from) FILTER (in_pool AND NOT community_wide), DATE '0001-01-01'),
            coalesce(min(approved_from) FILTER (in_both), DATE '0001-01-01')
        ) AS approval_date_from,
        max(approved_to) AS approval_date_to, min(approved_from) AS earliest_approval_from,
        min(approved_from) FILTER (approved_from > DATE '0001-01-01') AS earliest_known_approval
    FROM dated
    GROUP BY household_id
)
SELECT
    household_id,
    coalesce(approval_date_from, DATE '0001-01-01') AS approval_date_from,
    CASE WHEN o.household_id IS NULL THEN approval_date_to ELSE getvariable('as_of') END AS approval_date_to,
    CASE
        WHEN earliest_approval_from > DATE '0001-01-01' AND o.household_id IS NULL THEN earliest_approval_from
        WHEN approval_date_from > DATE '0001-01-01' THEN least(approval_date_from, coalesce(earliest_known_approval, approval_date_from))
    END AS earliest_approval
FROM bounded
FULL JOIN unbounded_household AS o USING (household_id);
