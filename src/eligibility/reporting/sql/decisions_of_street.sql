-- The persons of a street in input order, and the number of what is decided of each.
SELECT person.resident_id, person.name, person.household_id, person.street, person.community, person."group", decided.number
FROM decision.persons AS person
JOIN (SELECT number, unnest(persons) AS row_id FROM decided_cases) AS decided USING (row_id)
WHERE person.street = ?
ORDER BY person.row_id
