-- Rows in which a required cell is blank.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
SELECT $table_name, row_id, cell.position, cell.key, '', 'required_blank', '', TRUE
FROM (
    SELECT row_id, unnest([{cells}]) AS cell
    FROM intake.raw
    WHERE {any_blank}
)
WHERE coalesce(cell.text, '') = '';
