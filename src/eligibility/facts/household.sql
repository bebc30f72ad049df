-- Households: a household belongs to the group of its first person row. extra: lost rows that named it and are not a
-- second row of one of its own persons, so that one head more is possible.
CREATE OR REPLACE TEMP TABLE household AS
SELECT
    household_id,
    arg_min(community_key, row_id) FILTER (state = 'kept') AS community_key,
    arg_min(group_key, row_id) FILTER (state = 'kept') AS group_key,
    count(*) FILTER (
        state = 'lost'
        AND (resident_id IS NULL OR (household_id, resident_id) NOT IN (
            SELECT (k.household_id, k.resident_id) FROM paper.persons AS k WHERE k.state = 'kept'
        ))
    ) AS extra
FROM paper.persons
WHERE household_id IS NOT NULL
GROUP BY household_id
HAVING count(*) FILTER (state = 'kept') > 0;
