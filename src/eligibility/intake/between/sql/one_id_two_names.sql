-- The first person under an id, and each other name under it.
WITH suspect AS (
    SELECT resident_id FROM paper.persons WHERE list_contains(conflicts, 'name') OR NOT id_valid
),
named AS (
    SELECT row_id, source, "row", resident_id, name, intake.plain_name(name) AS plain, state
    FROM paper.persons
    WHERE resident_id IN (SELECT resident_id FROM suspect) AND name IS NOT NULL
)
SELECT 'persons', k.row_id, 1, 'name', k.name, 'one_id_two_names', l.name, FALSE, l.source, l."row"
FROM named AS k
JOIN named AS l ON l.resident_id = k.resident_id AND l.plain <> k.plain
WHERE k.row_id = (SELECT min(row_id) FROM named AS f WHERE f.resident_id = k.resident_id AND f.state = 'kept')
QUALIFY row_number() OVER (PARTITION BY k.row_id, l.plain ORDER BY l.row_id) = 1
