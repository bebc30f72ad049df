-- Persons of one name and two ids in a household.
WITH named AS (
    SELECT row_id, source, "row", name, resident_id, regexp_replace(name, '[\s·•．.・()（）]', '', 'g') AS plain, household_id
    FROM paper.persons WHERE state = 'kept' AND name IS NOT NULL AND household_id IS NOT NULL
),
doubled AS (
    SELECT household_id, plain, min(row_id) AS first_id FROM named GROUP BY household_id, plain HAVING count(DISTINCT resident_id) > 1
)
SELECT 'persons', n.row_id, 1, 'name', n.name, 'one_name_two_ids', '', FALSE, f.source, f."row"
FROM named AS n JOIN doubled AS d USING (household_id, plain) JOIN named AS f ON f.row_id = d.first_id
WHERE n.row_id <> d.first_id
