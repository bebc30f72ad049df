-- Lawful loss and remaining land of each household as ranges. A signed 归属口径 replaces the range of the pools to which it
-- applies; policy_ceiling is rounded up.
CREATE OR REPLACE TEMP TABLE land_loss AS
WITH attributed AS (
    SELECT
        s.*, b.combined_all_after, b.pool_covered_min, b.pool_lawful_min, b.pool_competent_min, heads_min, heads_max,
        group_share_applies OR community_share_applies AS policy_used,
        -- lower bound of the lawful loss from the pool, with the own area at its maximum
        greatest(
            CASE WHEN group_all_after THEN pool_least(own_max, group_lawful, group_contracted_left, group_rounding) ELSE 0 END,
            CASE WHEN community_all_after THEN pool_least(own_max, community_lawful, community_contracted_left,
                community_rounding) ELSE 0 END,
            CASE WHEN combined_all_after THEN both_least(own_max, group_lawful + community_lawful, combined_contracted_left,
                combined_rounding) ELSE 0 END
        ) AS pool_lawful_min_of_max_own,
        CASE WHEN group_share_applies THEN coalesce(policy_share(own_min, group_lawful, group_contracted_left, heads_min,
            group_persons, 0), 0) ELSE 0 END
            + CASE WHEN community_share_applies THEN coalesce(policy_share(own_min, community_lawful, community_contracted_left,
                heads_min, community_persons, 0), 0) ELSE 0 END AS policy_min,
        CASE WHEN group_share_applies THEN coalesce(policy_share(own_max, group_lawful, group_contracted_left, heads_min,
            group_persons, 0), 0) ELSE 0 END
            + CASE WHEN community_share_applies THEN coalesce(policy_share(own_max, community_lawful, community_contracted_left,
                heads_min, community_persons, 0), 0) ELSE 0 END AS policy_max,
        CASE WHEN group_remainder = 0 THEN 0 WHEN group_share_applies THEN coalesce(policy_share(own_min, group_remainder,
            group_contracted_left, heads_max, group_persons, 1), own_min) ELSE own_min END
            + CASE WHEN community_remainder = 0 THEN 0 WHEN community_share_applies THEN coalesce(policy_share(own_min,
                community_remainder, community_contracted_left, heads_max, community_persons, 1), own_min) ELSE own_min END
            AS policy_ceiling
    FROM loss_inputs AS s
    JOIN pool_bounds AS b USING (household_id)
    LEFT JOIN heads USING (household_id)
),
-- the most that can be left, by the areas as they are printed, and by how much these may be off
bounded AS (
    SELECT
        attributed.*, CASE WHEN paper = 'none' THEN group_converted ELSE converted END AS rounding,
        CASE WHEN paper = 'none' THEN group_coarse ELSE coarse END AS coarse,
        greatest(0, own_area_max - coalesce(roll_lawful_after, 0) - CASE WHEN policy_used THEN policy_max
            ELSE pool_lawful_min_of_max_own END)::BIGINT AS left_max
    FROM attributed JOIN printed_rounding USING (household_id)
)
SELECT
    household_id, own_area_min, own_area_max, is_open, policy_used, heads_min, heads_max,
    coalesce(roll_lawful, 0) + CASE WHEN policy_used THEN policy_min ELSE pool_lawful_min END::BIGINT AS lawful_loss_min,
    CASE WHEN NOT is_open THEN coalesce(roll_all, 0) + coalesce(pool_not_after, 0) + least(own_ceiling, coalesce(pool_after,
        0)) END AS lawful_loss_max,
    coalesce(roll_covered, 0) + CASE WHEN policy_used THEN policy_min ELSE pool_covered_min END::BIGINT AS covered_loss_min,
    coalesce(roll_competent, 0) + CASE WHEN policy_used THEN policy_min ELSE pool_competent_min END::BIGINT AS competent_loss_min,
    CASE
        WHEN is_open THEN 0
        WHEN policy_used THEN greatest(0, own_min - least(coalesce(pool_not_before, 0), policy_ceiling) - rounding - coarse)::BIGINT
        ELSE greatest(0, own_min - coalesce(pool_not_before, 0) - rounding - coarse)
    END AS remaining_area_min,
    -- nothing is left where no more is left than a conversion may have put off; a coarse sheet may hide what is left
    CASE
        WHEN own_area_max IS NOT NULL THEN CASE WHEN left_max > rounding THEN left_max + rounding ELSE 0 END + coarse
    END::BIGINT AS remaining_area_max,
    coalesce(earlier_refuted, FALSE) AS earlier_refuted,
    coalesce(earlier_open, FALSE) OR is_open AS earlier_open,
    paper = 'none' AS own_unknown
FROM bounded;
