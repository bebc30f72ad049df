-- fact.members: when each person was a member: certainly on days c_lo ≤ day < c_hi, possibly on p_lo ≤ day < p_hi. Disputed
-- membership is never certain. c_alive: c_hi for a person who is alive, where no list of deaths was compared.
CREATE OR REPLACE TABLE fact.members AS
SELECT
    row_id, household_id, listed_household, coalesce(disputed, TRUE) OR household_id IS NULL AS doubtful,
    CASE WHEN doubtful THEN DATE '9999-12-31' ELSE member_from_hi END AS c_lo,
    least(member_to_lo, deceased_on_lo) AS c_hi,
    CASE WHEN gap_death_list THEN member_to_lo ELSE c_hi END AS c_alive,
    member_from_lo AS p_lo,
    least(member_to_hi, deceased_on_hi) AS p_hi,
    name_key
FROM person
LEFT JOIN missing_list USING (row_id);
