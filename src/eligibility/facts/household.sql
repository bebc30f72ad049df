-- Households: each where `place.households` says that it stands (NULL: not known). extra: lost rows that named it and are
-- not a second row of one of its own persons; stray: lost rows of its group (community, anywhere) that name no household.
-- Each of them may be one head more.
CREATE OR REPLACE TEMP TABLE household AS
WITH stray AS (
    SELECT community_key, group_key, count(*) AS stray
    FROM paper.persons
    WHERE state = 'lost' AND household_id IS NULL
    GROUP BY ALL
),
lost AS (
    SELECT household_id, count(*) AS extra
    FROM paper.persons AS p
    WHERE state = 'lost' AND household_id IS NOT NULL
        AND (resident_id IS NULL OR (household_id, resident_id) NOT IN (
            SELECT (k.household_id, k.resident_id) FROM paper.persons AS k WHERE k.state = 'kept'
        ))
    GROUP BY household_id
)
SELECT
    h.household_id, h.community_key, h.group_key, h.settled, coalesce(lost.extra, 0) AS extra,
    coalesce((
        SELECT sum(stray) FROM stray AS s
        WHERE coalesce(s.community_key = h.community_key, TRUE) AND coalesce(s.group_key = h.group_key, TRUE)
    ), 0)::BIGINT AS stray
FROM place.households AS h
LEFT JOIN lost USING (household_id);
