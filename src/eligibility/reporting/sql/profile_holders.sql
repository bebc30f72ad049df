-- Some of the persons of each listed profile ($1), $2 at most, in input order.
SELECT profile_id, resident_id, community
FROM decision.persons
WHERE list_contains($1, profile_id)
QUALIFY row_number() OVER (PARTITION BY profile_id ORDER BY row_id) <= $2
ORDER BY row_id
