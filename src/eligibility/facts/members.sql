-- fact.members: when each person was a member: certainly on days c_lo ≤ day < c_hi, possibly on p_lo ≤ day < p_hi. Disputed
-- membership is never certain.
CREATE OR REPLACE TABLE fact.members AS
SELECT
    row_id, household_id, listed_household, coalesce(disputed, TRUE) OR household_id IS NULL AS doubtful,
    CASE WHEN doubtful THEN DATE '9999-12-31' ELSE member_from_hi END AS c_lo,
    least(member_to_lo, deceased_on_lo) AS c_hi,
    member_from_lo AS p_lo,
    least(member_to_hi, deceased_on_hi) AS p_hi,
    name_key
FROM person;
