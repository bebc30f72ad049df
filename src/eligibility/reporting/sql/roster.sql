-- Persons to be published ($1: their outcomes; table chosen), each with a birthday if the id is sound. Sorted by place and by name,
-- not as in the input: there members of a household stand together, and a roster must not tell who lives with whom.
SELECT decided.street, decided.community, decided."group", decided.name, decided.resident_id, person.born, decided.outcome
FROM decision.persons AS decided
JOIN paper.persons AS person USING (row_id)
JOIN chosen USING (row_id)
WHERE list_contains($1, decided.outcome)
ORDER BY
    min(decided.row_id) OVER (PARTITION BY decided.street),
    min(decided.row_id) OVER (PARTITION BY decided.street, decided.community),
    min(decided.row_id) OVER (PARTITION BY decided.street, decided.community, decided."group"),
    decided.name, decided.resident_id
