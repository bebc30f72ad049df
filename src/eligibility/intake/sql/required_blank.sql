-- Rows in which a required cell is blank.
INSERT INTO intake.issues
SELECT $table_name, row_id, $position, $column_key, '', 'required_blank', '', TRUE
FROM intake.raw
WHERE coalesce("{column}", '') = '';
