-- Persons whose roster lacks the column for a comparison list, of whom no list tells either; a blank cell in an existing column
-- has another meaning.
CREATE OR REPLACE TEMP TABLE missing_list AS
WITH roster AS (SELECT source, list(column_key) AS columns FROM paper.headers GROUP BY source),
covered AS (SELECT row_id, list(compares) AS lists FROM compared.covered GROUP BY row_id)
SELECT
    row_id,
    NOT list_contains(columns, 'public_staff') AND public_staff IS NULL AND NOT list_contains(lists, 'public_staff') AS gap_staff_list,
    NOT list_contains(columns, 'officer') AND officer IS NULL AND NOT list_contains(lists, 'officer') AS gap_officer_list,
    NOT list_contains(columns, 'student') AND student IS NULL AND NOT list_contains(lists, 'student') AS gap_school_list,
    NOT list_contains(columns, 'employee_pension') AND employee_pension IS NULL AND NOT list_contains(lists, 'employee_pension')
        AS gap_pension_list,
    NOT list_contains(columns, 'imprisoned') AND imprisoned IS NULL AND NOT list_contains(lists, 'imprisoned') AS gap_prison_list,
    NOT list_contains(columns, 'deceased_on') AND deceased_on_lo = DATE '0001-01-01' AND deceased_on_hi = DATE '9999-12-31'
        AND NOT list_contains(lists, 'deceased_on') AS gap_death_list
FROM (
    SELECT p.*, r.columns, coalesce(c.lists, []) AS lists
    FROM paper.persons AS p
    JOIN roster AS r USING (source)
    LEFT JOIN covered AS c USING (row_id)
    WHERE p.state = 'kept'
);
