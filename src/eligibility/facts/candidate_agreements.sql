-- Agreements that may have taken farmland of a household: by a line of the roll, through the pool of its group or community, or
-- by the line of a household without papers that may have been divided from it (possibly_divided).
CREATE OR REPLACE TEMP TABLE candidate_agreements AS
WITH pooled AS (
    SELECT h.household_id, p.agreement_key, p.group_key IS NULL AS community_wide, p.remainder, p.remainder_covered,
        p.remainder_lawful, p.remainder_competent, p.rounding
    FROM household AS h
    JOIN pool AS p ON p.community_key = h.community_key AND p.group_key = h.group_key
    UNION ALL
    SELECT h.household_id, p.agreement_key, TRUE, p.remainder, p.remainder_covered, p.remainder_lawful, p.remainder_competent, p.rounding
    FROM household AS h
    JOIN pool AS p ON p.community_key = h.community_key AND p.group_key IS NULL
),
open_to AS (
    SELECT household_id, agreement_key, community_wide, remainder, remainder_covered, remainder_lawful, remainder_competent,
        rounding, FALSE AS possibly_divided
    FROM pooled
    ANTI JOIN line_of_other_household USING (household_id, agreement_key)
    UNION ALL
    SELECT household_id, agreement_key, FALSE, farmland, 0, 0, 0, agreement.rounding, FALSE
    FROM possible_taking
    JOIN agreement USING (agreement_key)
    ANTI JOIN pooled USING (household_id, agreement_key)
    ANTI JOIN line_of_other_household USING (household_id, agreement_key)
    UNION ALL
    SELECT household_id, agreement_key, FALSE, least(farmland, area + coalesce(pooled.remainder, 0)), 0, 0, 0,
        agreement.rounding, possibly_divided
    FROM line_of_other_household
    JOIN agreement USING (agreement_key)
    LEFT JOIN (SELECT household_id, agreement_key, sum(remainder)::BIGINT AS remainder FROM pooled GROUP BY ALL) AS pooled
        USING (household_id, agreement_key)
)
SELECT
    household_id, agreement_key, coalesce(taken, 0) AS taken, community_wide,
    coalesce(remainder, 0) AS remainder, coalesce(remainder_covered, 0) AS remainder_covered, coalesce(remainder_lawful,
        0) AS remainder_lawful,
    coalesce(remainder_competent, 0) AS remainder_competent, coalesce(open_to.rounding, 0) AS rounding,
        coalesce(possibly_divided, FALSE) AS possibly_divided,
    greatest(0, least(coalesce(taken, 0), farmland) - (farmland - covered)) AS taken_covered,
    greatest(0, least(coalesce(taken, 0), farmland) - (farmland - lawful_area)) AS taken_lawful,
    greatest(0, least(coalesce(taken, 0), farmland) - (farmland - competent_area)) AS taken_competent,
    approved_from, approved_to, signed_from, signed_to, fully_covered, classified AND NOT conflict AS readable, lawful,
        unlawful, competent, reserve, possible_approvals, all_incompetent, special, contradictory, equal_share
FROM roll_taking
FULL JOIN open_to USING (household_id, agreement_key)
JOIN agreement USING (agreement_key)
WHERE household_id IN (SELECT household_id FROM household);
