-- Disagreements of approvals and agreements by kind: how many, and the area they are about (where one is told).
SELECT k.title, k.title_en, count(*) AS findings, sum(f.area_umu)::BIGINT AS area
FROM link.findings AS f
JOIN link.finding_kinds AS k USING (code)
GROUP BY k.code, k.title, k.title_en
ORDER BY findings DESC, k.code
