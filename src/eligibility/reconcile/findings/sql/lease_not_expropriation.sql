-- 以租代征: land used by lease or occupation, with the approvals of the same project or number, if any.
WITH same_project AS (
    SELECT row_id, approval_key FROM line_citation WHERE known
    UNION
    SELECT l.row_id, s.approval_key FROM current_line AS l JOIN current_approval AS s USING (project_key) WHERE l.project_key <> ''
)
SELECT l.agreement_no, l.land_class, string_agg(DISTINCT s.approval_no, ';' ORDER BY s.approval_no) AS approval_no,
       l.community, l.group_name, l.area_umu, 0::BIGINT AS other_umu, l.signed_on_lo AS day, NULL::DATE AS other_day,
       concat_ws(';', 'kind:' || l.kind, CASE WHEN count(s.approval_key) > 0 THEN 'approval_of_same_project' END) AS evidence
FROM current_line AS l LEFT JOIN same_project USING (row_id) LEFT JOIN current_approval AS s USING (approval_key)
WHERE l.kind IN ('lease', 'occupation') AND l.area_umu > 0
GROUP BY l.row_id, l.agreement_no, l.land_class, l.community, l.group_name, l.area_umu, l.signed_on_lo, l.kind
