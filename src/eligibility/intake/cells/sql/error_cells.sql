-- Rows in which such a column holds an error: it is not known, and never read as blank.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, row_id, $position, $column_key, "{column}", $issue, '', $required
FROM intake.raw
WHERE "{column}" = $text;
