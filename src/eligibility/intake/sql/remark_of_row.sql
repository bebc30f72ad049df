-- Rows whose remark says that they hold no more: they prove nothing, or are set aside.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, row_id, 996, '', remark, 'remark_of_row', '', $fatal
FROM intake.raw
WHERE remark = $remark;
