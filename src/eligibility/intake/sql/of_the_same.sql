-- The sum of a column over the rows of a sheet that name the same things as its total row.
SELECT coalesce(sum(c."{field}"), 0)
FROM intake.raw AS r
JOIN intake.cell_{column} AS c ON c.text = {text}{joins}
WHERE r.source = $source
