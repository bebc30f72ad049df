-- Household numbers that the roster does not have, and the one of the roster that differs only by leading zeros or by the case
-- of letters, where there is exactly one.
CREATE OR REPLACE TABLE intake.household_alias AS
WITH strange AS (
    SELECT DISTINCT household_id AS written, intake.plain_reference(household_id) AS plain
    FROM intake.read
    ANTI JOIN paper.persons USING (household_id)
    WHERE household_id IS NOT NULL
),
listed AS (
    SELECT household_id, intake.plain_reference(household_id) AS plain
    FROM (SELECT DISTINCT household_id FROM paper.persons WHERE household_id IS NOT NULL)
    WHERE EXISTS (FROM strange)
)
SELECT written, min(household_id) AS meant
FROM strange JOIN listed USING (plain)
GROUP BY written
HAVING count(*) = 1;
