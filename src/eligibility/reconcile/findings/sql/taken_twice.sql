-- 重复征收: agreements took more farmland of a group than it had under contract; or of a community of which all groups are
-- listed, if no single group is exceeded. A total listed twice with different values is unknown. Or two agreements for the
-- same land by all signs: group, class, area and the single cited approval are equal, and the approval cannot cover both.
WITH stock AS (
    SELECT community_key, group_key,
           CASE WHEN count(DISTINCT coalesce(contracted_umu, -1)) = 1 THEN min(contracted_umu) END AS contracted_umu,
           max(coalesce(contracted_half_umu, 0)) AS half_unit_micro_mu
    FROM paper.groups WHERE state = 'kept' AND community_key IS NOT NULL AND group_key IS NOT NULL
    GROUP BY ALL
),
every_group AS (
    SELECT DISTINCT community_key, group_key FROM paper.persons
    WHERE state = 'kept' AND community_key IS NOT NULL AND group_key IS NOT NULL
    UNION SELECT community_key, group_key FROM stock
),
whole_stock AS (
    SELECT community_key, sum(contracted_umu)::BIGINT AS contracted_umu, sum(s.half_unit_micro_mu)::BIGINT AS half_unit_micro_mu
    FROM every_group LEFT JOIN stock AS s USING (community_key, group_key)
    GROUP BY community_key HAVING count(*) = count(contracted_umu)
),
taking AS (
    SELECT *, CASE WHEN len(group_keys) = 1 THEN group_keys[1] END AS group_key
    FROM current_line WHERE kind IN ('expropriation', 'reserve') AND family = 'cultivated' AND area_umu > 0
),
summed AS (
    SELECT community_key, group_key, min(community) AS community, min(group_name) AS group_name,
           array_to_string(list_sort(list_distinct(list(agreement_no))), ';') AS agreement_no,
           array_to_string(list_sort(list_distinct(list(land_class))), ';') AS land_class,
           sum(area_umu)::BIGINT AS area_umu, sum(half_unit_micro_mu)::BIGINT AS half_unit_micro_mu, grouping(group_key) AS whole
    FROM taking GROUP BY GROUPING SETS ((community_key, group_key), (community_key))
),
groups_over AS (
    SELECT t.*, s.contracted_umu FROM summed AS t JOIN stock AS s USING (community_key, group_key)
    WHERE t.whole = 0 AND t.area_umu - t.half_unit_micro_mu > s.contracted_umu + s.half_unit_micro_mu
),
wholes_over AS (
    SELECT t.*, s.contracted_umu FROM summed AS t JOIN whole_stock AS s USING (community_key)
    WHERE t.whole = 1 AND t.area_umu - t.half_unit_micro_mu > s.contracted_umu + s.half_unit_micro_mu
        AND t.community_key NOT IN (SELECT community_key FROM groups_over)
),
claim AS (
    SELECT l.*, c.approval_key
    FROM current_line AS l JOIN line_citation AS c USING (row_id)
    WHERE c.known AND c.cites = 1 AND l.kind IN ('expropriation', 'reserve') AND l.area_umu > 0
),
pair AS (
    SELECT a.approval_key, a.community_key, a.group_keys, a.family, a.community, a.group_name, a.land_class,
           a.agreement_no || ';' || b.agreement_no AS agreement_no, a.area_umu + b.area_umu AS area_umu,
           a.half_unit_micro_mu + b.half_unit_micro_mu AS half_unit_micro_mu, a.signed_on_lo, b.signed_on_lo AS signed_again_on
    FROM claim AS a JOIN claim AS b
        ON a.approval_key = b.approval_key AND a.community_key = b.community_key AND a.group_keys = b.group_keys
        AND a.land_class IS NOT DISTINCT FROM b.land_class AND a.agreement_no < b.agreement_no
        AND abs(a.area_umu - b.area_umu) <= a.half_unit_micro_mu + b.half_unit_micro_mu
),
same_land AS (
    SELECT q.*, any_value(p.approval_no) AS approval_no, sum(p.area_umu)::BIGINT AS approved_micro_mu
    FROM pair AS q
    JOIN current_parcel AS p ON p.approval_key = q.approval_key AND p.community_key = q.community_key
        AND coalesce(p.ownership, 'collective') = 'collective' AND groups_overlap(p.group_keys, q.group_keys)
        AND same_family(p.family, q.family)
    GROUP BY ALL
    HAVING q.area_umu - q.half_unit_micro_mu > sum(p.area_umu) + sum(p.half_unit_micro_mu)
)
SELECT agreement_no, land_class, NULL AS approval_no, community, CASE WHEN whole = 0 THEN group_name END AS group_name,
       area_umu, contracted_umu AS other_umu, NULL::DATE AS day, NULL::DATE AS other_day,
       CASE WHEN whole = 0 THEN 'agreements_exceed_group' ELSE 'agreements_exceed_community' END AS evidence
FROM (FROM groups_over UNION ALL FROM wholes_over)
UNION ALL
SELECT agreement_no, land_class, approval_no, community, group_name, area_umu, approved_micro_mu, signed_on_lo, signed_again_on, 'same_land_again'
FROM same_land
