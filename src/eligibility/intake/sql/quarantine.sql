-- Every issue in words. `kept`: the row stays (also for issues of files and of rows that are no data rows).
CREATE TABLE paper.quarantine AS
WITH placed AS (
    SELECT
        i.table_name, s.file, s.sheet, r."row", coalesce(h.header, i.column_key) AS col, left(i.value, 1000) AS value,
        i.issue, i.other,
        CASE WHEN o.source = r.source THEN '' ELSE o.file || if(o.sheet = '', '', '「' || o.sheet || '」') END AS away,
        i.other_row, r.state = 'kept' AS kept, i.row_id, i.position
    FROM intake.issues AS i
    JOIN intake.rows AS r ON r.table_name = i.table_name AND r.row_id = i.row_id
    JOIN paper.sources AS s ON s.source = r.source
    LEFT JOIN paper.headers AS h ON h.source = r.source AND h.column_key = i.column_key
    LEFT JOIN paper.sources AS o ON o.source = i.other_source
    UNION ALL
    SELECT table_name, file, sheet, "row", col, left(value, 1000), issue, other, '', NULL, TRUE, -1, 0
    FROM intake.notices
),
worded AS (
    SELECT
        p.*, w.* EXCLUDE (issue), coalesce(p.away || '第' || p.other_row || '行', '') AS place,
        coalesce(if(p.away = '', '', p.away || ' ') || 'row ' || p.other_row, '') AS place_en
    FROM placed AS p
    JOIN intake.wording AS w ON w.issue = p.issue
)
SELECT
    table_name, file, sheet, "row", col, value, code, kept,
    intake.fill(problem, col, other, place, left(value, 40)) AS problem,
    intake.fill(remedy, col, other, place, left(value, 40)) AS remedy,
    intake.fill(problem_en, col, other, place_en, left(value, 40)) AS problem_en,
    intake.fill(remedy_en, col, other, place_en, left(value, 40)) AS remedy_en
FROM worded
ORDER BY list_position($tables, table_name) NULLS FIRST, row_id, file, sheet, "row", position, issue, col, value, place;
