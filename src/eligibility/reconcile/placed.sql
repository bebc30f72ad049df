-- The groups an agreement was signed with, as far as they can be placed: numbered ones, and names that the roster or the
-- group table knows in that community. A group that cannot be placed may be any, so the whole community is meant.
CREATE OR REPLACE TEMP TABLE placed AS
WITH known AS (
    SELECT community_key, list(DISTINCT group_key) AS names
    FROM (
        SELECT community_key, group_key FROM paper.persons WHERE state = 'kept'
        UNION
        SELECT community_key, group_key FROM paper.groups WHERE state = 'kept'
    )
    GROUP BY community_key
)
SELECT
    a.row_id,
    CASE
        WHEN len(list_filter(a.group_keys, lambda k: NOT regexp_full_match(k, '[0-9]+') AND NOT list_contains(coalesce(names, []), k))) = 0
        THEN a.group_keys
        ELSE []::VARCHAR[]
    END AS placed_groups
FROM paper.agreements AS a
LEFT JOIN known USING (community_key)
WHERE a.state = 'kept';
