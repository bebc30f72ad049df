-- fact.members: membership of each person: certain on days certain_from ≤ day < certain_to, possible on possible_from ≤ day <
-- possible_to. Disputed membership is never certain. certain_to_if_alive: certain_to for a person who is alive, if no list of
-- deaths was compared.
CREATE OR REPLACE TABLE fact.members AS
SELECT
    row_id, household_id, listed_household, coalesce(disputed, TRUE) OR household_id IS NULL AS doubtful,
    CASE WHEN doubtful THEN DATE '9999-12-31' ELSE member_from_hi END AS certain_from,
    least(member_to_lo, deceased_on_lo) AS certain_to,
    CASE WHEN gap_death_list THEN member_to_lo ELSE certain_to END AS certain_to_if_alive,
    member_from_lo AS possible_from,
    least(member_to_hi, deceased_on_hi) AS possible_to,
    name_key
FROM person
LEFT JOIN missing_list USING (row_id);
