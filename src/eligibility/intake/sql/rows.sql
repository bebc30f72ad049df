-- Where the rows with an issue stand and what became of them.
INSERT INTO intake.rows
SELECT $table_name, row_id, source, "row", state
FROM paper.{table}
WHERE row_id IN (SELECT row_id FROM intake.issues WHERE table_name = $table_name);
