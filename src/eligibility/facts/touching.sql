-- Agreements that may have taken farmland of a household: by a line of a roll, or through the pool of its group or
-- community; or by the line of a household without papers that may have been divided from it (divided).
CREATE OR REPLACE TEMP TABLE touching AS
WITH pooled AS (
    SELECT h.household_id, p.agreement_key, p.group_key IS NULL AS communal, p.rem, p.rem_cov, p.rem_law, p.rem_comp, p.slack
    FROM household AS h
    JOIN pool AS p ON p.community_key = h.community_key AND p.group_key = h.group_key
    UNION ALL
    SELECT h.household_id, p.agreement_key, TRUE, p.rem, p.rem_cov, p.rem_law, p.rem_comp, p.slack
    FROM household AS h
    JOIN pool AS p ON p.community_key = h.community_key AND p.group_key IS NULL
),
open_to AS (
    SELECT household_id, agreement_key, communal, rem, rem_cov, rem_law, rem_comp, slack, FALSE AS divided
    FROM pooled
    ANTI JOIN another_line USING (household_id, agreement_key)
    UNION ALL
    SELECT household_id, agreement_key, FALSE, farm, 0, 0, 0, agreement.slack, FALSE
    FROM suspect
    JOIN agreement USING (agreement_key)
    ANTI JOIN pooled USING (household_id, agreement_key)
    ANTI JOIN another_line USING (household_id, agreement_key)
    UNION ALL
    SELECT household_id, agreement_key, FALSE, farm, 0, 0, 0, agreement.slack, divided
    FROM another_line
    JOIN agreement USING (agreement_key)
)
SELECT
    household_id, agreement_key, coalesce(taken, 0) AS taken, communal,
    coalesce(rem, 0) AS rem, coalesce(rem_cov, 0) AS rem_cov, coalesce(rem_law, 0) AS rem_law,
    coalesce(rem_comp, 0) AS rem_comp, coalesce(open_to.slack, 0) AS slack, coalesce(divided, FALSE) AS divided,
    greatest(0, least(coalesce(taken, 0), farm) - (farm - cov)) AS taken_cov,
    greatest(0, least(coalesce(taken, 0), farm) - (farm - law)) AS taken_law,
    greatest(0, least(coalesce(taken, 0), farm) - (farm - comp)) AS taken_comp,
    f, t, signed_lo, signed_hi, whole, sure AND NOT conflict AS readable, lawful, unlawful, competent, reserve, possible, all_incompetent, special, contradictory, equal_share
FROM taking
FULL JOIN open_to USING (household_id, agreement_key)
JOIN agreement USING (agreement_key)
WHERE household_id IN (SELECT household_id FROM household);
