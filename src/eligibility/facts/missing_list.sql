-- Persons whose roster has no column for what a comparison list would show; a blank cell in a column that exists is another matter.
CREATE OR REPLACE TEMP TABLE missing_list AS
WITH roster AS (SELECT source, list(column_key) AS columns FROM paper.headers GROUP BY source)
SELECT
    row_id,
    NOT list_contains(columns, 'public_staff') AS gap_staff_list,
    NOT list_contains(columns, 'officer') AS gap_officer_list,
    NOT list_contains(columns, 'student') AS gap_school_list,
    NOT list_contains(columns, 'employee_pension') AS gap_pension_list,
    NOT list_contains(columns, 'imprisoned') AS gap_prison_list,
    NOT list_contains(columns, 'deceased_on') AS gap_death_list
FROM paper.persons
JOIN roster USING (source)
WHERE state = 'kept';
