-- Rows in which a cell could not be read, or was read with a reservation.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT
    $table_name, r.row_id, $position, $column_key, r."{column}", c.issue, $words,
    $required AND NOT list_contains($soft, c.issue)
FROM intake.raw AS r
JOIN intake.cell_{column} AS c ON c.text = {text}
WHERE c.issue <> '';
