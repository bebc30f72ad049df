SELECT status, count(*) AS lines, sum(area_umu)::BIGINT AS area_umu
FROM link.coverage
GROUP BY status
ORDER BY status
