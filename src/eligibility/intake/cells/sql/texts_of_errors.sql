-- Cells that may hold an error, in a column whose text itself is the value.
SELECT DISTINCT "{column}"
FROM intake.raw
WHERE starts_with("{column}", '#') OR starts_with("{column}", 'Err:')
