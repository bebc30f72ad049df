-- Rows that are a part of the row above (其中): to be set aside.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, row_id, 997, '', '其中', 'part_row', '', TRUE
FROM intake.raw
WHERE source = $source AND list_contains($rows, "row");
