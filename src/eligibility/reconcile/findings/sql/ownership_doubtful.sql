-- 权属存疑: parcels without ownership; the same parcel as collective and as state land; an expropriation whose citation
-- names an approval that lists only state land there.
SELECT NULL AS agreement_no, land_class, approval_no, community, group_name, sum(area_umu)::BIGINT AS area_umu,
       NULL::BIGINT AS other_umu, approved_lo AS day, NULL::DATE AS other_day, 'ownership_blank' AS evidence
FROM current_parcel WHERE ownership IS NULL
GROUP BY approval_key, approval_no, land_class, community, community_key, group_name, approved_lo
UNION ALL
SELECT NULL, land_class, approval_no, min(community), min(group_name), area_umu, area_umu, any_value(approved_lo), NULL, 'both_owners'
FROM current_parcel
GROUP BY approval_key, approval_no, community_key, group_keys, land_class, area_umu
HAVING count(DISTINCT ownership) > 1
UNION ALL
SELECT l.agreement_no, l.land_class, s.approval_no, l.community, l.group_name, l.area_umu, sum(p.area_umu)::BIGINT,
       any_value(s.approved_lo), NULL, 'only_state_land'
FROM current_line AS l
JOIN line_citation AS c USING (row_id)
JOIN current_approval AS s USING (approval_key)
JOIN current_parcel AS p ON p.approval_key = c.approval_key AND p.community_key = l.community_key
    AND groups_overlap(p.group_keys, l.group_keys) AND same_family(p.family, l.family)
WHERE l.kind IN ('expropriation', 'reserve') AND c.known
GROUP BY l.row_id, l.agreement_no, l.land_class, s.approval_no, l.community, l.group_name, l.area_umu, c.approval_key
HAVING bool_and(coalesce(p.ownership, '') = 'state')
