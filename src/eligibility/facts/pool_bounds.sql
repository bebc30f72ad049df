-- Lower bounds of what the pools took of a household's own land (own area at its minimum): covered, lawful, by competent
-- approvals. The larger of group and community counts, not the sum; or combined_min, the bound of both pools together, in which
-- the other groups bear their own pools. *_share_applies: a signed 归属口径 gives the household a share.
CREATE OR REPLACE TEMP TABLE pool_bounds AS
SELECT
    household_id,
    CASE WHEN group_all_after THEN pool_least(own_min, group_covered, group_contracted_left, group_rounding) ELSE 0 END AS group_min,
    CASE WHEN community_all_after THEN pool_least(own_min, community_covered, community_contracted_left, community_rounding)
        ELSE 0 END AS community_min,
    community_all_after AND (group_all_after OR group_remainder = 0) AS combined_all_after,
    CASE WHEN combined_all_after THEN both_least(own_min, group_covered + community_covered, combined_contracted_left,
        combined_rounding) ELSE 0 END AS combined_min,
    greatest(group_min, community_min, combined_min) AS pool_covered_min,
    greatest(
        CASE WHEN group_all_after THEN pool_least(own_min, group_lawful, group_contracted_left, group_rounding) ELSE 0 END,
        CASE WHEN community_all_after THEN pool_least(own_min, community_lawful, community_contracted_left, community_rounding) ELSE 0 END,
        CASE WHEN combined_all_after THEN both_least(own_min, group_lawful + community_lawful, combined_contracted_left,
            combined_rounding) ELSE 0 END
    ) AS pool_lawful_min,
    greatest(
        CASE WHEN group_all_after THEN pool_least(own_min, group_competent, group_contracted_left, group_rounding) ELSE 0 END,
        CASE WHEN community_all_after THEN pool_least(own_min, community_competent, community_contracted_left,
            community_rounding) ELSE 0 END,
        CASE WHEN combined_all_after THEN both_least(own_min, group_competent + community_competent, combined_contracted_left,
            combined_rounding) ELSE 0 END
    ) AS pool_competent_min,
    getvariable('shared_land_attribution') <> 'documented_only' AND own_min > 0 AS by_policy,
    coalesce(by_policy AND group_all_after AND policy_share(own_min, group_remainder, group_contracted_left, 1, group_persons,
        0) > 0, FALSE) AS group_share_applies,
    coalesce(by_policy AND community_all_after AND policy_share(own_min, community_remainder, community_contracted_left, 1,
        community_persons, 0) > 0, FALSE) AS community_share_applies
FROM loss_inputs;
