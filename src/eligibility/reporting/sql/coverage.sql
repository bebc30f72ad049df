SELECT
    agreement_no, land_class, community, group_name AS "group", kind,
    mu_near(area_umu) AS area_mu, mu_down(covered_umu_min) AS covered_mu_min, mu_up(covered_umu_max) AS covered_mu_max,
    day_text(approved_lo) AS approved_from, day_text(approved_hi) AS approved_to, status
FROM link.coverage
ORDER BY row_id
