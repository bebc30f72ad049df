-- The other rows of the sheet.
SELECT present."row", present.line
FROM intake_lines_now AS present
ANTI JOIN intake.reused AS r ON r.source = $source AND r."row" = present."row"
WHERE present."row" > $header
ORDER BY present."row"
