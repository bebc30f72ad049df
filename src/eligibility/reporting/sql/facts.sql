SELECT fact.row_id, decided.resident_id, fact.* EXCLUDE (row_id)
FROM fact.persons AS fact
LEFT JOIN decision.persons AS decided USING (row_id)
ORDER BY fact.row_id
