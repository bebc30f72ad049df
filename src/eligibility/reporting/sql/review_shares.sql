-- The households whose land in an agreement is asked for: one row each, to be filled with an area.
SELECT DISTINCT q.question_id, q.number, q.subject, p.community, p."group", p.household_id, q.bodies
FROM queue_question AS q
JOIN decision.person_questions USING (question_id)
JOIN decision.persons AS p USING (row_id)
WHERE q.asks = 'roll'
ORDER BY q.number, p.community, p."group", p.household_id
