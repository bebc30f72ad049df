-- Every component with its uncertain parts: papers, links, area whose coverage is not certain.
WITH line AS (
    SELECT k.component, c.row_id, any_value(c.area_umu) AS area_umu, any_value(c.covered_umu_max - c.covered_umu_min) AS open_umu,
           any_value(c.status) AS status, any_value(c.community) AS community, any_value(c.agreement_key) AS agreement_key
    FROM link.links AS k JOIN link.coverage AS c
        ON c.agreement_key = k.agreement_key AND c.land_class IS NOT DISTINCT FROM k.land_class
    WHERE k.certainty IN ('certain', 'possible')
    GROUP BY k.component, c.row_id
),
links AS (
    SELECT component, count(*) AS links, count(*) FILTER (certainty = 'possible') AS possible,
           count(DISTINCT approval_key) AS approvals
    FROM link.links WHERE certainty IN ('certain', 'possible') GROUP BY component
)
SELECT component, count(DISTINCT agreement_key) AS agreements, any_value(approvals) AS approvals, any_value(links) AS links,
       any_value(possible) AS possible, sum(area_umu)::BIGINT AS area_umu, sum(open_umu)::BIGINT AS open_umu,
       count(*) FILTER (status <> 'covered') AS unclear, array_to_string(list_sort(list_distinct(list(community))), '、') AS communities
FROM line JOIN links USING (component)
GROUP BY component
ORDER BY open_umu DESC, possible DESC, links DESC, component
