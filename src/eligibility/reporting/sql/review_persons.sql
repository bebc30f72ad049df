WITH asked AS (
    SELECT row_id, string_agg('问' || number, '；' ORDER BY number) AS numbers
    FROM decision.person_questions JOIN queue_question USING (question_id)
    GROUP BY row_id
)
SELECT
    coalesce(asked.numbers, ''), street, community, "group", household_id, name, resident_id, coalesce(reasons, '') AS reasons,
    missing_evidence, settled_by, clauses_open
FROM decision.persons LEFT JOIN asked USING (row_id)
WHERE outcome = 'manual_review' AND street = ?
ORDER BY
    min(row_id) OVER (PARTITION BY community), reasons, min(row_id) OVER (PARTITION BY community, "group"), "group",
    min(row_id) OVER (PARTITION BY household_id), row_id
