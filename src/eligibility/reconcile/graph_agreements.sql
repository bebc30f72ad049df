-- Agreement lines (an agreement and a land class): all, those of one component, or those of one agreement.
SELECT
    c.agreement_key, c.land_class, c.agreement_no, concat(c.community, c.group_name), c.kind, coalesce(a.project, ''),
    coalesce(a.cited_approval_no, ''), a.community_key, a.signed_on_lo, a.signed_on_hi, c.area_umu, c.covered_umu_min, c.covered_umu_max, c.status
FROM link.coverage AS c JOIN paper.agreements AS a USING (row_id)
WHERE CASE
    WHEN $agreement IS NOT NULL THEN c.agreement_key = $agreement
    ELSE $component::INTEGER IS NULL OR EXISTS (
        FROM link.links AS k WHERE k.component = $component::INTEGER AND k.agreement_key = c.agreement_key
            AND k.land_class IS NOT DISTINCT FROM c.land_class
    ) END
ORDER BY c.row_id
