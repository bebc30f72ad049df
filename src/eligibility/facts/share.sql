-- For each household the sums its loss follows from. Each taking is before the paper that gives own ('out': already out
-- of own), after it, or either. l_*: by roll lines; g_*, c_*: the pool of its group and of its community. (greatest and
-- least pass over NULL, so what may be unbounded is asked for first.)
CREATE OR REPLACE TEMP TABLE share AS
WITH timed AS (
    SELECT touching.*, own_lo, own_hi, paper, least(f, signed_lo) >= d_hi AS after, greatest(t, signed_hi) < d_lo AS before
    FROM touching
    JOIN own USING (household_id)
),
summed AS (
    SELECT
        household_id,
        sum(taken)::BIGINT AS l_all,
        coalesce(sum(taken) FILTER (after), 0)::BIGINT AS l_after,
        coalesce(sum(taken) FILTER (NOT before), 0)::BIGINT AS l_not_before,
        sum(taken_law)::BIGINT AS l_law,
        coalesce(sum(taken_law) FILTER (after), 0)::BIGINT AS l_law_after,
        sum(taken_cov)::BIGINT AS l_cov,
        sum(taken_comp)::BIGINT AS l_comp,
        coalesce(sum(rem + slack) FILTER (after), 0)::BIGINT AS p_after,
        coalesce(sum(rem + slack) FILTER (NOT before), 0)::BIGINT AS p_not_before,
        coalesce(sum(rem + slack) FILTER (NOT after), 0)::BIGINT AS p_not_after,
        coalesce(bool_and(after) FILTER (NOT communal AND rem > 0), FALSE) AS g_later,
        coalesce(bool_and(after) FILTER (communal AND rem > 0), FALSE) AS c_later,
        coalesce(sum(rem) FILTER (NOT communal), 0)::BIGINT AS g_rem,
        coalesce(sum(rem) FILTER (communal), 0)::BIGINT AS c_rem,
        coalesce(sum(slack) FILTER (NOT communal), 0)::BIGINT AS g_slack,
        coalesce(sum(slack) FILTER (communal), 0)::BIGINT AS c_slack,
        coalesce(sum(rem_cov) FILTER (NOT communal), 0)::BIGINT AS g_cov,
        coalesce(sum(rem_cov) FILTER (communal), 0)::BIGINT AS c_cov,
        coalesce(sum(rem_law) FILTER (NOT communal), 0)::BIGINT AS g_law,
        coalesce(sum(rem_law) FILTER (communal), 0)::BIGINT AS c_law,
        coalesce(sum(rem_comp) FILTER (NOT communal), 0)::BIGINT AS g_comp,
        coalesce(sum(rem_comp) FILTER (communal), 0)::BIGINT AS c_comp,
        -- land (perhaps) already out of own that was not lawfully taken for certain
        bool_or(before AND taken > 0 AND unlawful) AS earlier_refuted,
        bool_or(NOT after AND NOT lawful) AS earlier_open
    FROM timed
    GROUP BY household_id
),
absorbed AS (
    SELECT community_key, group_key, sum(rem_cov)::BIGINT AS cov, sum(slack)::BIGINT AS slack
    FROM pool WHERE group_key IS NOT NULL GROUP BY ALL
),
absorbed_in_all AS (SELECT community_key, sum(cov)::BIGINT AS cov, sum(slack)::BIGINT AS slack FROM absorbed GROUP BY community_key)
SELECT
    h.household_id, h.community_key, h.group_key, h.extra, own.own_lo, own.own_hi, own.paper, own.d_lo, own.d_hi,
    s.* EXCLUDE (household_id, g_later, c_later),
    h.household_id IN (SELECT household_id FROM opened) AS is_open,
    -- a row that was lost may be an earlier agreement, so it leaves the pool no lower bound
    coalesce(g_later, FALSE) AND (own.paper = 'none' OR h.household_id NOT IN (SELECT household_id FROM opened)) AS g_later,
    coalesce(c_later, FALSE) AND (own.paper = 'none' OR h.household_id NOT IN (SELECT household_id FROM opened)) AS c_later,
    g.left_umu AS g_left, g.persons AS g_persons, c.left_umu AS c_left, c.persons AS c_persons,
    -- what is left of the community after the pools of its other groups, which only these can have borne
    c.left_umu - (coalesce(a_all.cov, 0) - coalesce(a_own.cov, 0)) AS b_left,
    coalesce(c_slack, 0) + coalesce(a_all.slack, 0) AS b_slack,
    greatest(0, own.own_lo - coalesce(l_not_before, 0)) AS o_lo,
    CASE WHEN own.own_hi IS NOT NULL THEN greatest(0, own.own_hi - coalesce(l_not_before, 0)) END AS o_hi,
    CASE WHEN own.own_hi IS NOT NULL THEN greatest(0, own.own_hi - coalesce(l_after, 0)) END AS o_top
FROM household AS h
JOIN own USING (household_id)
LEFT JOIN summed AS s USING (household_id)
LEFT JOIN group_total AS g ON g.community_key = h.community_key AND g.group_key = h.group_key
LEFT JOIN group_total AS c ON c.community_key = h.community_key AND c.group_key IS NULL
LEFT JOIN absorbed AS a_own ON a_own.community_key = h.community_key AND a_own.group_key = h.group_key
LEFT JOIN absorbed_in_all AS a_all ON a_all.community_key = h.community_key;
