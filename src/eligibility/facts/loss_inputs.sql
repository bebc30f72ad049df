-- printed_rounding: by how much the areas of a household's own papers and lines may be off. converted: half the last printed
-- digit of every area that is no whole number of hundredths of a 亩. coarse: likewise of every other area of a coarse sheet. An
-- area that follows from the total of the group and the papers of the others may be off by all of theirs.
-- Example: 0.263333 公顷 are 3.949995 亩; 4.25 亩 less that is 0.30 亩 or a little more or less, not certainly more.
CREATE OR REPLACE TEMP TABLE printed_rounding AS
WITH printed AS (
    SELECT household_id, sum(area_half_umu) FILTER (area_umu % 10000 <> 0) AS converted,
           sum(least(area_half_umu, half_umu)) FILTER (area_umu % 10000 = 0 AND half_umu IS NOT NULL) AS coarse
    FROM printed_area LEFT JOIN coarse_sheet USING (table_name, source)
    GROUP BY household_id
),
own AS (
    SELECT h.household_id, h.community_key, h.group_key, coalesce(converted, 0)::BIGINT AS converted, coalesce(coarse, 0)::BIGINT AS coarse
    FROM household AS h LEFT JOIN printed USING (household_id)
),
total AS (
    SELECT community_key, group_key, sum(contracted_half_umu) FILTER (contracted_umu % 10000 <> 0) AS converted,
           sum(least(contracted_half_umu, half_umu)) FILTER (contracted_umu % 10000 = 0 AND half_umu IS NOT NULL) AS coarse
    FROM paper.groups AS g LEFT JOIN coarse_sheet AS c ON c.table_name = 'groups' AND c.source = g.source
    WHERE state = 'kept'
    GROUP BY ALL
)
SELECT
    household_id, own.converted, own.coarse,
    (sum(own.converted) OVER (PARTITION BY own.community_key, own.group_key))::BIGINT + coalesce(total.converted, 0)::BIGINT AS group_converted,
    (sum(own.coarse) OVER (PARTITION BY own.community_key, own.group_key))::BIGINT + coalesce(total.coarse, 0)::BIGINT AS group_coarse
FROM own LEFT JOIN total ON total.community_key = own.community_key AND total.group_key = own.group_key;

-- For each household the sums from which its loss is computed. Each taking is before the title date (already excluded from the
-- own area), after it, or undetermined. roll_*: by roll lines; group_*, community_*: the pools of its group and community;
-- combined_*: both pools. *_all_after: all takings of the pool are after the title date. own_min, own_max: own area less roll
-- lines that may be after the title date; own_ceiling: less those that certainly are. (greatest and least ignore NULL, so
-- unbounded values are tested first.)
CREATE OR REPLACE TEMP TABLE loss_inputs AS
WITH timed AS (
    SELECT candidate_agreements.*, own_area_min, own_area_max, paper, least(approved_from,
        signed_from) >= title_date_to AS after_title, greatest(approved_to, signed_to) < title_date_from AS before_title
    FROM candidate_agreements
    JOIN own_land USING (household_id)
),
summed AS (
    SELECT
        household_id,
        sum(taken)::BIGINT AS roll_all,
        coalesce(sum(taken) FILTER (after_title), 0)::BIGINT AS roll_after,
        coalesce(sum(taken) FILTER (NOT before_title), 0)::BIGINT AS roll_not_before,
        sum(taken_lawful)::BIGINT AS roll_lawful,
        coalesce(sum(taken_lawful) FILTER (after_title), 0)::BIGINT AS roll_lawful_after,
        sum(taken_covered)::BIGINT AS roll_covered,
        sum(taken_competent)::BIGINT AS roll_competent,
        coalesce(sum(remainder + rounding) FILTER (after_title), 0)::BIGINT AS pool_after,
        coalesce(sum(remainder + rounding) FILTER (NOT before_title), 0)::BIGINT AS pool_not_before,
        coalesce(sum(remainder + rounding) FILTER (NOT after_title), 0)::BIGINT AS pool_not_after,
        coalesce(bool_and(after_title) FILTER (NOT community_wide AND remainder > 0), FALSE) AS group_all_after,
        coalesce(bool_and(after_title) FILTER (community_wide AND remainder > 0), FALSE) AS community_all_after,
        coalesce(sum(remainder) FILTER (NOT community_wide), 0)::BIGINT AS group_remainder,
        coalesce(sum(remainder) FILTER (community_wide), 0)::BIGINT AS community_remainder,
        coalesce(sum(rounding) FILTER (NOT community_wide), 0)::BIGINT AS group_rounding,
        coalesce(sum(rounding) FILTER (community_wide), 0)::BIGINT AS community_rounding,
        coalesce(sum(remainder_covered) FILTER (NOT community_wide), 0)::BIGINT AS group_covered,
        coalesce(sum(remainder_covered) FILTER (community_wide), 0)::BIGINT AS community_covered,
        coalesce(sum(remainder_lawful) FILTER (NOT community_wide), 0)::BIGINT AS group_lawful,
        coalesce(sum(remainder_lawful) FILTER (community_wide), 0)::BIGINT AS community_lawful,
        coalesce(sum(remainder_competent) FILTER (NOT community_wide), 0)::BIGINT AS group_competent,
        coalesce(sum(remainder_competent) FILTER (community_wide), 0)::BIGINT AS community_competent,
        -- a taking (possibly) before the title date that is not certainly lawful
        bool_or(before_title AND taken > 0 AND unlawful) AS earlier_refuted,
        bool_or((NOT after_title OR paper = 'none') AND NOT lawful) AS earlier_open
    FROM timed
    GROUP BY household_id
),
absorbed AS (
    SELECT community_key, group_key, sum(remainder_covered)::BIGINT AS covered, sum(rounding)::BIGINT AS rounding
    FROM pool WHERE group_key IS NOT NULL GROUP BY ALL
),
absorbed_in_all AS (SELECT community_key, sum(covered)::BIGINT AS covered, sum(rounding)::BIGINT AS rounding
    FROM absorbed GROUP BY community_key)
SELECT
    h.household_id, h.community_key, h.group_key, h.extra_rows, own_land.own_area_min, own_land.own_area_max, own_land.paper,
        own_land.title_date_from, own_land.title_date_to,
    s.* EXCLUDE (household_id, group_all_after, community_all_after),
    h.household_id IN (SELECT household_id FROM unbounded_household) AS is_open,
    -- a rejected row may be an earlier agreement, so the pool has no lower bound
    coalesce(group_all_after, FALSE) AND (own_land.paper = 'none' OR h.household_id NOT IN (SELECT household_id
        FROM unbounded_household)) AS group_all_after,
    coalesce(community_all_after, FALSE) AND (own_land.paper = 'none' OR h.household_id NOT IN (SELECT household_id
        FROM unbounded_household)) AS community_all_after,
    g.contracted_left AS group_contracted_left, g.persons AS group_persons, c.contracted_left AS community_contracted_left,
        c.persons AS community_persons,
    -- the community's contracted land less the pools of its other groups, which only those groups can have lost
    c.contracted_left - (coalesce(a_all.covered, 0) - coalesce(a_own.covered, 0)) AS combined_contracted_left,
    coalesce(community_rounding, 0) + coalesce(a_all.rounding, 0) AS combined_rounding,
    greatest(0, own_land.own_area_min - coalesce(roll_not_before, 0)) AS own_min,
    CASE WHEN own_land.own_area_max IS NOT NULL THEN greatest(0, own_land.own_area_max - coalesce(roll_not_before, 0)) END AS own_max,
    CASE WHEN own_land.own_area_max IS NOT NULL THEN greatest(0, own_land.own_area_max - coalesce(roll_after, 0)) END AS own_ceiling
FROM household AS h
JOIN own_land USING (household_id)
LEFT JOIN summed AS s USING (household_id)
LEFT JOIN group_total AS g ON g.community_key = h.community_key AND g.group_key = h.group_key
LEFT JOIN group_total AS c ON c.community_key = h.community_key AND c.group_key IS NULL
LEFT JOIN absorbed AS a_own ON a_own.community_key = h.community_key AND a_own.group_key = h.group_key
LEFT JOIN absorbed_in_all AS a_all ON a_all.community_key = h.community_key;
