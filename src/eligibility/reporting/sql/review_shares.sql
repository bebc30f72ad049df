-- The households whose land in an agreement is asked for: one row each, at the place of its first person, to be filled with an area;
-- area_mu: 亩 of farmland in the agreement.
SELECT q.question_id, q.number, q.subject, home.community, home."group", h.household_id, q.bodies, q.area_mu
FROM queue_question AS q
JOIN decision.question_households AS h USING (question_id)
LEFT JOIN (
    SELECT household_id, arg_min(community, row_id) AS community, arg_min("group", row_id) AS "group"
    FROM decision.persons GROUP BY household_id
) AS home USING (household_id)
WHERE q.asks = 'roll'
ORDER BY q.place, 4, 5, h.household_id
