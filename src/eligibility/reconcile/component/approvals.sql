-- The approvals of a component with their land in its communities.
WITH here AS (
    SELECT DISTINCT k.approval_key, a.community_key
    FROM link.links AS k JOIN paper.agreements AS a USING (agreement_key)
    WHERE k.component = $component AND a.state = 'kept'
),
land AS (
    SELECT p.approval_key, sum(p.area_umu)::BIGINT AS area_umu
    FROM paper.approval_parcels AS p
    WHERE p.state = 'kept' AND coalesce(p.ownership, 'collective') <> 'state'
        AND (p.approval_key, p.community_key) IN (SELECT (approval_key, community_key) FROM here)
    GROUP BY p.approval_key
)
SELECT s.approval_key, s.approval_no, s.approved_on_lo, s.approved_on_hi, coalesce(s.project, ''), coalesce(s.batch, ''), s.authority,
       coalesce(land.area_umu, 0)
FROM paper.approvals AS s LEFT JOIN land USING (approval_key)
WHERE s.state = 'kept' AND s.approval_key IN (SELECT approval_key FROM here)
ORDER BY s.row_id
