-- In the order of the agreements and, for one agreement, of the approvals in the input.
WITH agreement AS (
    SELECT agreement_key, land_class, min(row_id) AS place FROM link.coverage GROUP BY ALL
), approval AS (
    SELECT approval_key, min(row_id) AS place FROM paper.approvals GROUP BY ALL
)
SELECT
    agreement_no, links.land_class, approval_no, mu_down(area_umu_min) AS area_mu_min, mu_up(area_umu_max) AS area_mu_max,
    certainty, score, evidence, component, proposed, CASE WHEN proposed <> '' THEN mu_down(proposed_umu) END AS proposed_mu,
    judged_by
FROM link.links AS links
LEFT JOIN agreement ON agreement.agreement_key = links.agreement_key
    AND agreement.land_class IS NOT DISTINCT FROM links.land_class
LEFT JOIN approval ON approval.approval_key = links.approval_key
ORDER BY agreement.place, links.agreement_key, links.land_class, approval.place, links.approval_key
