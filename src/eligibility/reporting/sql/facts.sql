SELECT fact.row_id, person.resident_id, fact.* EXCLUDE (row_id)
FROM fact.persons AS fact
LEFT JOIN paper.persons AS person USING (row_id)
ORDER BY fact.row_id
