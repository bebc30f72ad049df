-- Lawful loss, and remaining land, of each household as ranges in micro-亩 (NULL: unbounded). A signed 归属口径 replaces
-- the range of the pools it applies to; policy_top is rounded up.
CREATE OR REPLACE TEMP TABLE loss AS
WITH attributed AS (
    SELECT
        s.*, b.b_later, b.cov_least, b.law_least, b.comp_least, heads_lo, heads_hi,
        g_shares OR c_shares AS policy_used,
        -- least lawful loss from the pool, own at its upper end
        greatest(
            CASE WHEN g_later THEN pool_least(o_hi, g_law, g_left, g_slack) ELSE 0 END,
            CASE WHEN c_later THEN pool_least(o_hi, c_law, c_left, c_slack) ELSE 0 END,
            CASE WHEN b_later THEN both_least(o_hi, g_law + c_law, b_left, b_slack) ELSE 0 END
        ) AS law_least_hi,
        CASE WHEN g_shares THEN coalesce(policy_share(o_lo, g_law, g_left, heads_lo, g_persons, 0), 0) ELSE 0 END
            + CASE WHEN c_shares THEN coalesce(policy_share(o_lo, c_law, c_left, heads_lo, c_persons, 0), 0) ELSE 0 END AS policy_lo,
        CASE WHEN g_shares THEN coalesce(policy_share(o_hi, g_law, g_left, heads_lo, g_persons, 0), 0) ELSE 0 END
            + CASE WHEN c_shares THEN coalesce(policy_share(o_hi, c_law, c_left, heads_lo, c_persons, 0), 0) ELSE 0 END AS policy_hi,
        CASE WHEN g_rem = 0 THEN 0 WHEN g_shares THEN coalesce(policy_share(o_lo, g_rem, g_left, heads_hi, g_persons, 1), o_lo) ELSE o_lo END
            + CASE WHEN c_rem = 0 THEN 0 WHEN c_shares THEN coalesce(policy_share(o_lo, c_rem, c_left, heads_hi, c_persons, 1), o_lo) ELSE o_lo END
            AS policy_top
    FROM share AS s
    JOIN bound AS b USING (household_id)
    LEFT JOIN heads USING (household_id)
)
SELECT
    household_id, own_lo, own_hi, is_open, policy_used, heads_lo, heads_hi,
    coalesce(l_law, 0) + CASE WHEN policy_used THEN policy_lo ELSE law_least END::BIGINT AS lawful_lo,
    CASE WHEN NOT is_open THEN coalesce(l_all, 0) + coalesce(p_not_after, 0) + least(o_top, coalesce(p_after, 0)) END AS lawful_hi,
    coalesce(l_cov, 0) + CASE WHEN policy_used THEN policy_lo ELSE cov_least END::BIGINT AS covered_lo,
    coalesce(l_comp, 0) + CASE WHEN policy_used THEN policy_lo ELSE comp_least END::BIGINT AS competent_lo,
    CASE
        WHEN is_open THEN 0
        WHEN policy_used THEN greatest(0, o_lo - least(coalesce(p_not_before, 0), policy_top))::BIGINT
        ELSE greatest(0, o_lo - coalesce(p_not_before, 0))
    END AS remaining_lo,
    CASE
        WHEN own_hi IS NOT NULL
        THEN greatest(0, own_hi - coalesce(l_law_after, 0) - CASE WHEN policy_used THEN policy_hi ELSE law_least_hi END)
    END::BIGINT AS remaining_hi,
    coalesce(earlier_refuted, FALSE) AS earlier_refuted,
    coalesce(earlier_open, FALSE) OR (is_open AND paper <> 'none') AS earlier_open,
    paper = 'none' AS own_unknown
FROM attributed;
