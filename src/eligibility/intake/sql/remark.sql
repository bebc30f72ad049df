-- Cells beside a remark that speaks against them ($no: only such cells as say no; empty: all) are not known.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, row_id, $position, $column_key, remark, 'remark_against', '', FALSE
FROM intake.raw
WHERE remark = $remark AND "{column}" IS NOT NULL AND (len($no) = 0 OR list_contains($no, lower("{column}")));
