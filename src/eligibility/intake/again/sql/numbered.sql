-- The rows of a table in the order of the papers, those that are read now and those that stand.
CREATE OR REPLACE TABLE intake.numbered AS
SELECT source, "row", row_number() OVER (ORDER BY source, "row") - 1 AS row_id
FROM (SELECT source, "row" FROM intake.raw UNION ALL SELECT source, "row" FROM intake.reused);
UPDATE intake.raw SET row_id = n.row_id
FROM intake.numbered AS n
WHERE n.source = raw.source AND n."row" = raw."row";
