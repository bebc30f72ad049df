-- 超征: lines that cite exactly one approval exceed in total its land in that community (or group) and family; or a line
-- that is certainly linked to approvals is larger than the total that could cover it.
WITH claim AS (
    SELECT l.*, c.approval_key
    FROM current_line AS l JOIN line_citation AS c USING (row_id)
    WHERE c.known AND c.cites = 1 AND l.kind IN ('expropriation', 'reserve') AND l.family IS NOT NULL AND l.area_umu > 0
),
-- the whole community, and each single group
scope AS (
    SELECT approval_key, community_key, family, NULL AS group_key, NULL AS group_name, row_id, agreement_no, land_class, community, area_umu, half_unit_micro_mu
    FROM claim
    UNION ALL
    SELECT approval_key, community_key, family, group_keys[1], group_name, row_id, agreement_no, land_class, community, area_umu, half_unit_micro_mu
    FROM claim WHERE len(group_keys) = 1
),
demand AS (
    SELECT approval_key, community_key, family, group_key, min(community) AS community, min(group_name) AS group_name, list(row_id) AS lines,
           array_to_string(list_sort(list_distinct(list(agreement_no))), ';') AS agreement_no,
           array_to_string(list_sort(list_distinct(list(land_class))), ';') AS land_class,
           sum(area_umu)::BIGINT AS area_umu, sum(half_unit_micro_mu)::BIGINT AS half_unit_micro_mu
    FROM scope GROUP BY approval_key, community_key, family, group_key
),
supply AS (
    SELECT d.*, any_value(p.approval_no) AS approval_no, any_value(p.approved_lo) AS approved_lo,
           sum(p.area_umu)::BIGINT AS approved_micro_mu, sum(p.half_unit_micro_mu)::BIGINT AS approved_half_unit
    FROM demand AS d
    JOIN current_parcel AS p ON p.approval_key = d.approval_key AND p.community_key = d.community_key
        AND coalesce(p.ownership, 'collective') = 'collective' AND same_family(p.family, d.family)
        AND (d.group_key IS NULL OR len(p.group_keys) = 0 OR list_contains(p.group_keys, d.group_key))
    GROUP BY ALL
),
exceeded AS (
    SELECT *, bool_or(group_key IS NULL) OVER (PARTITION BY approval_key, community_key, family) AS whole_exceeded
    FROM supply WHERE area_umu - half_unit_micro_mu > approved_micro_mu + approved_half_unit
        AND approval_key NOT IN (SELECT t.approval_key FROM paper.approval_parcels AS t WHERE t.state = 'lost' AND t.approval_key IS NOT NULL)
),
reported AS (FROM exceeded WHERE group_key IS NULL OR NOT whole_exceeded)
SELECT agreement_no, land_class, approval_no, community, group_name, area_umu, approved_micro_mu AS other_umu,
       approved_lo AS day, NULL::DATE AS other_day, 'citations_exceed_approval' AS evidence
FROM reported
UNION ALL
SELECT l.agreement_no, l.land_class, certain_links.approval_no, l.community, l.group_name, l.area_umu, l.covered_umu_max, l.signed_on_lo, NULL,
       'possible_parcels_too_small'
FROM current_line AS l
JOIN (
    SELECT k.row_id, string_agg(s.approval_no, ';' ORDER BY s.approval_no) AS approval_no
    FROM current_link AS k JOIN current_approval AS s USING (approval_key) WHERE k.certain GROUP BY k.row_id
) AS certain_links USING (row_id)
WHERE l.kind IN ('expropriation', 'reserve') AND l.covered_umu_max < l.area_umu - l.half_unit_micro_mu
    AND l.row_id NOT IN (SELECT unnest(lines) FROM reported)
