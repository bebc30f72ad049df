-- Ids of the other questions for which those wait who wait for this one, the most shared first.
SELECT o.question_id, count(*) AS shared
FROM decision.person_questions AS w JOIN decision.person_questions AS o USING (row_id)
WHERE w.question_id = ? AND o.question_id <> w.question_id
GROUP BY o.question_id
ORDER BY shared DESC, o.question_id
LIMIT ?
