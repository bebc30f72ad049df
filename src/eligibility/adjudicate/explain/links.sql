-- Farmland agreements that may affect the household of person $row_id (by roll lines, group or community), with their coverage
-- and every approval that may belong to them.
WITH person AS (SELECT * FROM paper.persons WHERE row_id = $row_id),
signed AS (
    SELECT DISTINCT a.agreement_key, a.land_class
    FROM paper.agreements AS a, person
    WHERE a.state = 'kept' AND (
        a.agreement_key IN (SELECT agreement_key FROM paper.payouts JOIN person USING (household_id))
        OR (a.community_key = person.community_key AND (len(a.group_keys) = 0 OR list_contains(a.group_keys, person.group_key)))
    )
)
SELECT
    c.agreement_no, c.land_class, c.kind, c.area_umu, c.covered_umu_min, c.covered_umu_max, c.status,
    l.approval_no, l.certainty, l.area_umu_min, l.area_umu_max, l.score, l.evidence
FROM link.coverage AS c
JOIN signed ON c.agreement_key = signed.agreement_key AND c.land_class IS NOT DISTINCT FROM signed.land_class
LEFT JOIN link.links AS l ON l.agreement_key = c.agreement_key AND l.land_class IS NOT DISTINCT FROM c.land_class
WHERE (c.kind IS NULL OR c.kind IN ('expropriation', 'reserve'))
AND (c.land_class IS NULL OR c.land_class IN ('farmland', 'basic_farmland'))
ORDER BY c.agreement_no, c.land_class, l.certainty, l.score DESC, l.approval_no;
