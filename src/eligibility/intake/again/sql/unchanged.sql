-- Rows of a sheet of which each byte stood in the earlier file, as a row of which nothing was said.
INSERT INTO intake.reused
WITH told AS (
    SELECT "row" FROM {quarantine} WHERE table_name = $table_name AND file = $file AND "row" IS NOT NULL
),
sound AS (
    SELECT earlier.line, min(earlier."row") AS old_row
    FROM intake_lines_then AS earlier
    JOIN {earlier} AS p ON p.source = $old_source AND p."row" = earlier."row"
    ANTI JOIN told ON told."row" = earlier."row"
    WHERE p.state = 'kept'
    GROUP BY earlier.line
)
SELECT $source, present."row", $old_source, sound.old_row
FROM intake_lines_now AS present
JOIN sound ON sound.line = present.line
WHERE present."row" > $header;
