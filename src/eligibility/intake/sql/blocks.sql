-- For each stretch of rows between two total rows: the sum of a column, and the cells of it that could not be read.
SELECT
    r.source, coalesce(t.n, 0) AS block, coalesce(sum({value}), 0) AS total,
    count(*) FILTER (WHERE {text} IS NOT NULL AND {value} IS NULL) AS unread
FROM intake.raw AS r
ASOF LEFT JOIN intake.totals AS t ON r.source = t.source AND r."row" > t."row"
{readings}
GROUP BY ALL
