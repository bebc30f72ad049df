-- Every issue in words. `kept`: the row stays (also for issues of files and of rows that are no data rows).
CREATE TABLE paper.quarantine AS
WITH placed AS (
    SELECT
        i.table_name, s.file, s.sheet, r."row", coalesce(h.header, i.column_key) AS col, i.value, i.issue, i.other,
        r.state = 'kept' AS kept, i.row_id, i.position
    FROM intake.issues AS i
    JOIN intake.rows AS r ON r.table_name = i.table_name AND r.row_id = i.row_id
    JOIN paper.sources AS s ON s.source = r.source
    LEFT JOIN paper.headers AS h ON h.source = r.source AND h.column_key = i.column_key
    UNION ALL
    SELECT table_name, file, sheet, "row", col, value, issue, other, TRUE, -1, 0
    FROM intake.notices
)
SELECT
    p.table_name, p.file, p.sheet, p."row", p.col, left(p.value, 1000) AS value, w.code, p.kept,
    replace(replace(replace(w.problem, '{column}', p.col), '{other}', p.other), '{value}', left(p.value, 40)) AS problem,
    replace(w.remedy, '{other}', p.other) AS remedy,
    replace(replace(replace(w.problem_en, '{column}', p.col), '{other}', p.other), '{value}', left(p.value, 40))
        AS problem_en,
    replace(w.remedy_en, '{other}', p.other) AS remedy_en
FROM placed AS p
JOIN intake.wording AS w ON w.issue = p.issue
ORDER BY list_position($tables, p.table_name) NULLS FIRST, p.row_id, p.file, p.sheet, p."row", p.position, p.issue, p.col, p.value;
