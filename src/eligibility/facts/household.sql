-- Households with the place in which `place.households` puts them (NULL: unknown). extra_rows: rejected rows that name the
-- household and are not second rows of its own persons; unplaced_rows: rejected rows of its group (community, anywhere) that name
-- no household. Each of them may be one more head.
CREATE OR REPLACE TEMP TABLE household AS
WITH unplaced_rows AS (
    SELECT community_key, group_key, count(*) AS unplaced_rows
    FROM paper.persons
    WHERE state = 'lost' AND household_id IS NULL
    GROUP BY ALL
),
lost AS (
    SELECT household_id, count(*) AS extra_rows
    FROM paper.persons AS p
    WHERE state = 'lost' AND household_id IS NOT NULL
        AND (resident_id IS NULL OR (household_id, resident_id) NOT IN (
            SELECT (k.household_id, k.resident_id) FROM paper.persons AS k WHERE k.state = 'kept'
        ))
    GROUP BY household_id
)
SELECT
    h.household_id, h.community_key, h.group_key, h.settled, coalesce(lost.extra_rows, 0) AS extra_rows,
    coalesce((
        SELECT sum(unplaced_rows) FROM unplaced_rows AS s
        WHERE coalesce(s.community_key = h.community_key, TRUE) AND coalesce(s.group_key = h.group_key, TRUE)
    ), 0)::BIGINT AS unplaced_rows
FROM place.households AS h
LEFT JOIN lost USING (household_id);
