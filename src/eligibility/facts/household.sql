-- Households: a household belongs to the group of its first person row. extra: lost rows that named it and are not a
-- second row of one of its own persons; stray: lost rows of its group (community, anywhere) that name no household. Each
-- of them may be one head more.
CREATE OR REPLACE TEMP TABLE household AS
WITH stray AS (
    SELECT community_key, group_key, count(*) AS stray
    FROM paper.persons
    WHERE state = 'lost' AND household_id IS NULL
    GROUP BY ALL
),
named AS (
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
    HAVING count(*) FILTER (state = 'kept') > 0
)
SELECT
    named.*,
    coalesce((
        SELECT sum(stray) FROM stray AS s
        WHERE coalesce(s.community_key = named.community_key, TRUE) AND coalesce(s.group_key = named.group_key, TRUE)
    ), 0)::BIGINT AS stray
FROM named;
