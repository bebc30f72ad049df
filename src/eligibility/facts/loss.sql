-- Lawful loss, and remaining land, of each household as ranges in micro-亩 (NULL: unbounded).
CREATE OR REPLACE TEMP TABLE loss AS
WITH attributed AS (
    SELECT
        s.*, b.cov_least, b.law_least, b.comp_least, heads_lo, heads_hi,
        g_shares OR c_shares AS policy_used,
        -- least lawful loss from the pool, own at its upper end
        greatest(
            CASE WHEN g_later THEN pool_least(o_hi, g_law, g_left) ELSE 0 END,
            CASE WHEN c_later THEN pool_least(o_hi, c_law, c_left) ELSE 0 END
        ) AS law_least_hi,
        CASE WHEN g_shares THEN policy_share(o_lo, g_law, g_left, heads_lo, g_persons) ELSE 0 END
            + CASE WHEN c_shares THEN policy_share(o_lo, c_law, c_left, heads_lo, c_persons) ELSE 0 END AS by_policy_lo,
        CASE WHEN g_shares THEN policy_share(o_hi, g_law, g_left, heads_lo, g_persons) ELSE 0 END
            + CASE WHEN c_shares THEN policy_share(o_hi, c_law, c_left, heads_lo, c_persons) ELSE 0 END AS by_policy_hi,
        CASE WHEN g_rem = 0 THEN 0 WHEN g_shares THEN policy_share(o_lo, g_rem, g_left, heads_hi, g_persons) ELSE o_lo END
            + CASE WHEN c_rem = 0 THEN 0 WHEN c_shares THEN policy_share(o_lo, c_rem, c_left, heads_hi, c_persons) ELSE o_lo END
            AS by_policy_top
    FROM share AS s
    JOIN bound AS b USING (household_id)
    LEFT JOIN heads USING (household_id)
)
SELECT
    household_id, own_lo, own_hi, is_open, policy_used, heads_lo, heads_hi,
    coalesce(l_law, 0) + greatest(law_least, floor(by_policy_lo))::BIGINT AS lawful_lo,
    CASE WHEN NOT is_open THEN coalesce(l_all, 0) + coalesce(p_not_after, 0) + least(o_top, coalesce(p_after, 0)) END AS lawful_hi,
    coalesce(l_cov, 0) + cov_least + CASE WHEN policy_used THEN greatest(0, floor(by_policy_lo)::BIGINT - cov_least) ELSE 0 END AS covered_lo,
    coalesce(l_comp, 0) + comp_least + CASE WHEN policy_used THEN greatest(0, floor(by_policy_lo)::BIGINT - comp_least) ELSE 0 END AS competent_lo,
    CASE
        WHEN is_open THEN 0
        WHEN policy_used THEN greatest(0, o_lo - least(o_lo, coalesce(p_not_before, 0), ceil(by_policy_top)))::BIGINT
        ELSE greatest(0, o_lo - coalesce(p_not_before, 0))
    END AS remaining_lo,
    greatest(0, own_hi - coalesce(l_law_after, 0) - greatest(law_least_hi, floor(by_policy_hi)))::BIGINT AS remaining_hi,
    coalesce(earlier_refuted, FALSE) AS earlier_refuted,
    coalesce(earlier_open, FALSE) OR (is_open AND paper <> 'none') AS earlier_open,
    paper = 'none' AS own_unknown
FROM attributed;
