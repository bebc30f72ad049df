-- Household numbers of one group of the roster that differ only by leading zeros or by the case of letters (001 and 1, h1 and
-- H1): each later one, and the one that stands first.
CREATE OR REPLACE TABLE intake.household_alias AS
WITH listed AS (
    SELECT
        household_id, intake.plain_reference(household_id) AS plain, min(row_id) AS row_id,
        min(community_key) AS community_key, min(group_key) AS group_key
    FROM intake.read
    WHERE household_id IS NOT NULL
    GROUP BY household_id
    HAVING min(community_key) = max(community_key) AND min(group_key) = max(group_key)
)
SELECT household_id AS written, first_value(household_id) OVER same AS meant
FROM listed
WINDOW same AS (PARTITION BY plain, community_key, group_key ORDER BY row_id)
QUALIFY written <> meant;
