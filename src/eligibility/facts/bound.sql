-- What the pool certainly took from a household of its own land (own at its lower end): covered, lawful, by competent
-- approvals; of group and community the larger, not the sum, or what both pools together leave no other room for (b_least,
-- where the other groups bear their own pools). g_shares, c_shares: a signed 归属口径 gives it a share.
CREATE OR REPLACE TEMP TABLE bound AS
SELECT
    household_id,
    CASE WHEN g_later THEN pool_least(o_lo, g_cov, g_left, g_slack) ELSE 0 END AS g_least,
    CASE WHEN c_later THEN pool_least(o_lo, c_cov, c_left, c_slack) ELSE 0 END AS c_least,
    c_later AND (g_later OR g_rem = 0) AS b_later,
    CASE WHEN b_later THEN both_least(o_lo, g_cov + c_cov, b_left, b_slack) ELSE 0 END AS b_least,
    greatest(g_least, c_least, b_least) AS cov_least,
    greatest(
        CASE WHEN g_later THEN pool_least(o_lo, g_law, g_left, g_slack) ELSE 0 END,
        CASE WHEN c_later THEN pool_least(o_lo, c_law, c_left, c_slack) ELSE 0 END,
        CASE WHEN b_later THEN both_least(o_lo, g_law + c_law, b_left, b_slack) ELSE 0 END
    ) AS law_least,
    greatest(
        CASE WHEN g_later THEN pool_least(o_lo, g_comp, g_left, g_slack) ELSE 0 END,
        CASE WHEN c_later THEN pool_least(o_lo, c_comp, c_left, c_slack) ELSE 0 END,
        CASE WHEN b_later THEN both_least(o_lo, g_comp + c_comp, b_left, b_slack) ELSE 0 END
    ) AS comp_least,
    getvariable('shared_land_attribution') <> 'documented_only' AND o_lo > 0 AS by_policy,
    coalesce(by_policy AND g_later AND policy_share(o_lo, g_rem, g_left, 1, g_persons, 0) > 0, FALSE) AS g_shares,
    coalesce(by_policy AND c_later AND policy_share(o_lo, c_rem, c_left, 1, c_persons, 0) > 0, FALSE) AS c_shares
FROM share;
