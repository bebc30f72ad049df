-- Tables in the order of the contract, then as the officer turns the pages.
WITH ranked AS (SELECT table_name, row_number() OVER () AS place FROM paper.tables)
SELECT
    found.table_name AS "table", file, sheet, "row", col AS "column", value, code,
    CASE WHEN found.kept THEN 'yes' ELSE 'no' END AS kept, problem, remedy
FROM paper.quarantine AS found
LEFT JOIN ranked ON ranked.table_name = found.table_name
ORDER BY ranked.place, found.table_name, file, sheet, "row", col, code, value, problem, remedy, found.kept
