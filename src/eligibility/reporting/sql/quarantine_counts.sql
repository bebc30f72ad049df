WITH ranked AS (SELECT table_name, row_number() OVER () AS place FROM paper.tables)
SELECT found.table_name, found.code, coalesce(found.kept, false) AS kept, count(*) AS findings
FROM paper.quarantine AS found
LEFT JOIN ranked ON ranked.table_name = found.table_name
GROUP BY ALL
ORDER BY min(ranked.place), found.table_name, findings DESC, found.code, kept
