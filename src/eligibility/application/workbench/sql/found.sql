-- The persons of some ids, in the order of the roster, as lines of a list; the street at the end.
SELECT p.row_id, p.resident_id, coalesce(p.name, ''), coalesce(p.community, ''), coalesce(p."group", ''), coalesce(p.household_id, ''), p.outcome,
    (SELECT count(*) FROM decision.person_questions AS o WHERE o.row_id = p.row_id) AS questions, coalesce(p.street, '') AS street
FROM decision.persons AS p
WHERE p.resident_id IN (SELECT unnest(?))
ORDER BY p.row_id
