-- Rows whose household number is taken for another spelling of one that the roster has.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, r.row_id, $position, 'household_id', r.household_id, 'household_alias', a.meant, FALSE
FROM intake.read AS r
JOIN intake.household_alias AS a ON a.written = r.household_id;
