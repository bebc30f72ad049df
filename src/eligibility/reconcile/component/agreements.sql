-- The lines of a component, or (component NULL) those of one agreement that no approval can cover.
SELECT c.agreement_key, c.land_class, c.agreement_no, concat(c.community, c.group_name), c.kind, coalesce(a.project, ''),
       coalesce(a.cited_approval_no, ''), a.signed_on_lo, a.signed_on_hi, c.area_umu, c.covered_umu_min, c.covered_umu_max, c.status
FROM link.coverage AS c JOIN paper.agreements AS a USING (row_id)
WHERE CASE WHEN $component IS NULL
      THEN c.agreement_key = $agreement
      ELSE EXISTS (
          FROM link.links AS k WHERE k.component = $component AND k.agreement_key = c.agreement_key
              AND k.land_class IS NOT DISTINCT FROM c.land_class
      ) END
ORDER BY c.row_id
