SELECT k.code, k.title, k.title_en, count(f.code) AS findings
FROM link.finding_kinds AS k LEFT JOIN link.findings AS f USING (code)
GROUP BY k.place, k.code, k.title, k.title_en
ORDER BY k.place
