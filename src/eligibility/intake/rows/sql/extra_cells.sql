-- Rows with content beyond the header: the cells may be shifted, so none of them is trusted.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, row_id, 999, '', extra_cells, 'extra_cells', '', TRUE
FROM intake.raw
WHERE extra_cells <> '';
