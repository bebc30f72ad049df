-- Groups of each community as its roster and group table write them.
SELECT DISTINCT community_key, group_key, CASE WHEN "group" LIKE '%原%' OR "group" LIKE '%曾%' THEN "group" END
FROM (
    SELECT community_key, group_key, group_name AS "group" FROM paper.persons WHERE state = 'kept'
    UNION ALL
    SELECT community_key, group_key, group_name FROM paper.groups WHERE state <> 'lost'
)
WHERE community_key IS NOT NULL AND group_key IS NOT NULL
