-- Who waits for a question, in the order of the roster, with the number of questions each waits for: 1 is settled by this one alone.
SELECT p.row_id, p.resident_id, coalesce(p.name, ''), coalesce(p.community, ''), coalesce(p."group", ''), coalesce(p.household_id, ''), p.outcome, (SELECT count(*) FROM decision.person_questions AS o WHERE o.row_id = p.row_id) AS questions
FROM decision.person_questions AS w
JOIN decision.persons AS p USING (row_id)
WHERE w.question_id = ?
ORDER BY p.row_id
LIMIT ?
