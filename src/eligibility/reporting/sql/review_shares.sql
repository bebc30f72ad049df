-- The households whose land in an agreement is asked for: one row each, at the place of its first person, to be filled with an area.
SELECT q.question_id, q.number, q.subject, arg_min(p.community, p.row_id), arg_min(p."group", p.row_id), p.household_id, q.bodies
FROM queue_question AS q
JOIN decision.person_questions USING (question_id)
JOIN decision.persons AS p USING (row_id)
WHERE q.asks = 'roll'
GROUP BY q.question_id, q.number, q.subject, q.bodies, p.household_id
ORDER BY q.number, 4, 5, p.household_id
