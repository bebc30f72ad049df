-- Every text that stands in the cells of one column, once.
SELECT DISTINCT {text} AS text
FROM intake.raw AS r
WHERE {text} IS NOT NULL
