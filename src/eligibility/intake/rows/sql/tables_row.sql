-- How many rows of one table came in, stay, and are set aside.
INSERT INTO paper.tables
SELECT
    $table_name, $present, count(*), count(*) FILTER (WHERE state = 'kept'), count(*) FILTER (WHERE state <> 'kept'),
    $columns
FROM paper.{table};
