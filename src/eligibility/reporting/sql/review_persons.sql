-- The persons in review of a street (all, or those who wait for a question of the list), by community, reasons, group and
-- household, with the numbers of their questions.
SELECT
    coalesce(asked.numbers, ''), street, community, "group", household_id, name, resident_id, coalesce(reasons, '') AS reasons,
    missing_evidence, settled_by, clauses_open
FROM decision.persons LEFT JOIN queue_asked AS asked USING (row_id)
WHERE outcome = 'manual_review' AND street = ? AND (? OR asked.numbers IS NOT NULL)
ORDER BY
    min(row_id) OVER (PARTITION BY community), reasons, min(row_id) OVER (PARTITION BY community, "group"), "group",
    min(row_id) OVER (PARTITION BY household_id), row_id
