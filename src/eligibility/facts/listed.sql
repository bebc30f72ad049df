-- What registers and lists say of the days of the taking: where a person was registered, and whether at school. Only what holds on
-- every day on which the last approval may have been given; `person` gets the place, `school` says the rest.
UPDATE person SET hukou_place = r.value
FROM (
    SELECT s.row_id, any_value(s.value) AS value
    FROM compared.spells AS s
    JOIN person USING (row_id)
    JOIN approval_span USING (household_id)
    WHERE s.kind = 'residence'
    GROUP BY s.row_id
    HAVING count(*) = 1 AND bool_and(s.same_name AND s.since_hi <= earliest_approval AND approval_date_to < s.until_lo)
) AS r
WHERE r.row_id = person.row_id AND person.hukou_place IS NULL AND NOT list_contains(person.conflicts, 'hukou_place');

CREATE OR REPLACE TEMP TABLE school AS
WITH span AS (
    SELECT row_id, nullif(approval_date_from, DATE '0001-01-01') AS first_day, approval_date_to AS last_day
    FROM person JOIN approval_span USING (household_id)
),
attended AS (
    SELECT
        row_id,
        bool_or(s.same_name AND s.since_hi <= first_day AND last_day < s.until_lo) AS always,
        bool_or(s.since_lo <= last_day AND first_day < s.until_hi) AS perhaps
    FROM span JOIN compared.spells AS s USING (row_id)
    WHERE s.kind = 'student'
    GROUP BY row_id
)
SELECT
    span.row_id,
    CASE
        WHEN attended.always THEN TRUE
        WHEN NOT coalesce(attended.perhaps, FALSE) AND (c.from_ever OR c.covers_from <= first_day) AND last_day <= c.covers_to THEN FALSE
    END AS at_school
FROM span
LEFT JOIN attended ON attended.row_id = span.row_id
LEFT JOIN compared.covered AS c ON c.row_id = span.row_id AND c.compares = 'student'
WHERE first_day IS NOT NULL;
