-- Approvals that may cover something, each with its parcels, all or those of one component.
WITH linked AS (
    SELECT DISTINCT approval_key FROM link.links
    WHERE certainty IN ('certain', 'possible') AND $agreement IS NULL AND ($component::INTEGER IS NULL OR component = $component::INTEGER)
),
parcels AS (
    SELECT approval_key, list({'community': community, 'community_key': community_key, 'groups': group_keys, 'ownership': ownership, 'land_class': land_class, 'area_umu': area_umu} ORDER BY row_id) AS parcels,
           coalesce(sum(area_umu) FILTER (coalesce(ownership, 'collective') <> 'state'), 0)::BIGINT AS area_umu
    FROM paper.approval_parcels WHERE state = 'kept' GROUP BY approval_key
)
SELECT
    s.approval_key, s.approval_no, s.approved_on_lo, s.approved_on_hi, coalesce(s.project, ''), coalesce(s.batch, ''), s.authority,
    coalesce(p.area_umu, 0), coalesce(p.parcels, [])
FROM paper.approvals AS s JOIN linked USING (approval_key) LEFT JOIN parcels AS p USING (approval_key)
WHERE s.state = 'kept'
ORDER BY s.row_id
