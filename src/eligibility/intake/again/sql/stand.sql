-- The rows that stand, with what their cells were found to mean.
INSERT INTO intake.read BY NAME
SELECT n.row_id, n.source, n."row", {columns}
FROM intake.reused AS r
JOIN intake.numbered AS n ON n.source = r.source AND n."row" = r."row"
JOIN {earlier} AS p ON p.source = r.old_source AND p."row" = r.old_row
{joins};
