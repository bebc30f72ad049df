-- Rows that name a thing which the papers do not know.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, t.row_id, $position, $column_key, t.{key}, $issue, $other, $fatal
FROM intake.read AS t
ANTI JOIN ({known}) AS k ON k.key = t.{key}
WHERE t.{key} IS NOT NULL;
