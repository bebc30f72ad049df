-- 一项目多批: approvals whose projects have the same normalised name.
WITH land AS (
    SELECT approval_key, sum(area_umu)::BIGINT AS area_umu, list(DISTINCT community) AS communities
    FROM current_parcel WHERE ownership = 'collective' GROUP BY approval_key
),
agreed AS (
    SELECT project_key, sum(area_umu)::BIGINT AS area_umu,
           array_to_string(list_sort(list_distinct(list(agreement_no))), ';') AS agreement_no
    FROM current_line WHERE kind IN ('expropriation', 'reserve') GROUP BY project_key
)
SELECT any_value(g.agreement_no) AS agreement_no, NULL AS land_class, string_agg(s.approval_no, ';' ORDER BY s.approval_no) AS approval_no,
       array_to_string(list_sort(list_distinct(flatten(list(coalesce(l.communities, []))))), ';') AS community,
       NULL AS group_name, sum(coalesce(l.area_umu, 0))::BIGINT AS area_umu, coalesce(any_value(g.area_umu), 0) AS other_umu,
       min(s.approved_lo) AS day, max(s.approved_hi) AS other_day,
       'project:' || min(s.project) AS evidence
FROM current_approval AS s LEFT JOIN land AS l USING (approval_key) LEFT JOIN agreed AS g USING (project_key)
WHERE coalesce(s.project_key, '') <> ''
GROUP BY s.project_key HAVING count(*) > 1
