-- Rows of a file that is the same as then, byte for byte: those of which nothing was said.
INSERT INTO intake.reused
SELECT $source, p."row", p.source, p."row"
FROM {earlier} AS p
ANTI JOIN (
    SELECT "row" FROM {quarantine} WHERE table_name = $table_name AND file = $file AND "row" IS NOT NULL
) AS told ON told."row" = p."row"
WHERE p.source = $old_source AND p.state = 'kept' AND p."row" > $header;
