-- Persons whose roster lacks the column for a comparison list; a blank cell in an existing column has another meaning.
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
