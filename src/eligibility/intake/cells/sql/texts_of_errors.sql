-- Cells that may hold an error or 同上, in a column whose text itself is the value.
SELECT DISTINCT "{column}"
FROM intake.raw
WHERE starts_with("{column}", '#') OR starts_with("{column}", 'Err:') OR regexp_full_match("{column}", '同\s*[上前].?|[〃″〞＂"”]|′′|[''＇’‘`]\s*[''＇’‘`]|ditto', 'i')
