-- 重复征收: agreements took more farmland of a group than it had under contract; or of a community all whose groups are
-- listed, where no single group says so. A total that stands twice differently is not known.
WITH stock AS (
    SELECT community_key, group_key,
           CASE WHEN count(DISTINCT coalesce(contracted_umu, -1)) = 1 THEN min(contracted_umu) END AS contracted_umu,
           max(coalesce(contracted_half_umu, 0)) AS half_umu
    FROM paper.groups WHERE state = 'kept' AND community_key IS NOT NULL AND group_key IS NOT NULL
    GROUP BY ALL
),
every_group AS (
    SELECT DISTINCT community_key, group_key FROM paper.persons
    WHERE state = 'kept' AND community_key IS NOT NULL AND group_key IS NOT NULL
    UNION SELECT community_key, group_key FROM stock
),
whole_stock AS (
    SELECT community_key, sum(contracted_umu)::BIGINT AS contracted_umu, sum(s.half_umu)::BIGINT AS half_umu
    FROM every_group LEFT JOIN stock AS s USING (community_key, group_key)
    GROUP BY community_key HAVING count(*) = count(contracted_umu)
),
taking AS (
    SELECT *, CASE WHEN len(group_keys) = 1 THEN group_keys[1] END AS group_key
    FROM seen_line WHERE kind IN ('expropriation', 'reserve') AND family = 'cultivated' AND area_umu > 0
),
summed AS (
    SELECT community_key, group_key, min(community) AS community, min(group_name) AS group_name,
           array_to_string(list_sort(list_distinct(list(agreement_no))), ';') AS agreement_no,
           array_to_string(list_sort(list_distinct(list(land_class))), ';') AS land_class,
           sum(area_umu)::BIGINT AS area_umu, sum(half_umu)::BIGINT AS half_umu, grouping(group_key) AS whole
    FROM taking GROUP BY GROUPING SETS ((community_key, group_key), (community_key))
),
groups_over AS (
    SELECT t.*, s.contracted_umu FROM summed AS t JOIN stock AS s USING (community_key, group_key)
    WHERE t.whole = 0 AND t.area_umu - t.half_umu > s.contracted_umu + s.half_umu
),
wholes_over AS (
    SELECT t.*, s.contracted_umu FROM summed AS t JOIN whole_stock AS s USING (community_key)
    WHERE t.whole = 1 AND t.area_umu - t.half_umu > s.contracted_umu + s.half_umu
        AND t.community_key NOT IN (SELECT community_key FROM groups_over)
)
SELECT agreement_no, land_class, NULL AS approval_no, community, CASE WHEN whole = 0 THEN group_name END AS group_name,
       area_umu, contracted_umu AS other_umu, NULL::DATE AS day, NULL::DATE AS other_day,
       CASE WHEN whole = 0 THEN 'agreements_exceed_group' ELSE 'agreements_exceed_community' END AS evidence
FROM (FROM groups_over UNION ALL FROM wholes_over)
