-- Each household with the group of its first person row, and from when to when it may have had members.
CREATE OR REPLACE TABLE intake.household AS
SELECT
    household_id, min(row_id) AS row_id, arg_min(community_key, row_id) AS community_key,
    arg_min(group_key, row_id) AS group_key, min(member_from_lo) AS first_day,
    max(least(member_to_hi, deceased_on_hi)) AS last_day, bool_and(state <> 'lost') AS readable
FROM paper.persons
WHERE household_id IS NOT NULL
GROUP BY household_id;
