-- The persons chosen for a letter (table chosen), by place, then in input order.
SELECT
    row_id, resident_id, name, household_id, street, community, "group", outcome, coalesce(reasons, '') AS reasons,
    clauses_refuted, clauses_open, assumed_parameters, profile_id
FROM decision.persons
JOIN chosen USING (row_id)
ORDER BY min(row_id) OVER (PARTITION BY street), min(row_id) OVER (PARTITION BY street, community), row_id
