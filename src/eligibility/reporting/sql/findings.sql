-- In the order of the kinds, then by place and papers, whatever the order of the input.
SELECT
    f.code, k.title, agreement_no, land_class, approval_no, community, group_name AS "group",
    mu_near(area_umu) AS area_mu, mu_near(other_umu) AS other_mu, day, other_day, evidence, problem, f.remedy
FROM link.findings AS f JOIN link.finding_kinds AS k USING (code)
ORDER BY k.place, community, "group", agreement_no, land_class, approval_no, evidence, problem
