-- 收储未征: a reserve agreement without any certain coverage.
SELECT l.agreement_no, l.land_class, NULL AS approval_no, l.community, l.group_name, l.area_umu, l.covered_umu_max AS other_umu,
       l.signed_on_lo AS day, NULL::DATE AS other_day,
       CASE WHEN l.covered_umu_max = 0 THEN 'no_possible_parcel' ELSE 'only_possible_approvals' END AS evidence
FROM current_line AS l
WHERE l.kind = 'reserve' AND l.area_umu > 0 AND l.covered_umu_min = 0
