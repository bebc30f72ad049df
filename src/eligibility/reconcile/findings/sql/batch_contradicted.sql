-- 批次自相矛盾: batch cell and project of an approval, or the batch of an agreement and of the one approval it cites.
SELECT NULL AS agreement_no, NULL AS land_class, s.approval_no, NULL AS community, NULL AS group_name, NULL::BIGINT AS area_umu,
       NULL::BIGINT AS other_umu, s.approved_lo AS day, NULL::DATE AS other_day,
       'batch_cell:' || s.cell_batch || ';project:' || s.project_batch AS evidence
FROM current_approval AS s
WHERE NOT may_be_one_batch(s.cell_batch, s.project_batch)
UNION ALL
SELECT l.agreement_no, l.land_class, s.approval_no, l.community, l.group_name, l.area_umu, NULL, l.signed_on_lo, s.approved_lo,
       'agreement:' || l.batch || ';approval:' || coalesce(s.cell_batch, s.project_batch)
FROM current_line AS l
JOIN line_citation AS c USING (row_id)
JOIN current_approval AS s USING (approval_key)
WHERE c.known AND c.cites = 1 AND NOT may_be_one_batch(l.batch, coalesce(s.cell_batch, s.project_batch))
    AND coalesce(may_be_one_batch(s.cell_batch, s.project_batch), TRUE)
