-- The other persons of a person's household, with what was decided.
SELECT p.row_id, p.resident_id, coalesce(p.name, ''), coalesce(p.community, ''), coalesce(p."group", ''), coalesce(p.household_id, ''), p.outcome, (SELECT count(*) FROM decision.person_questions AS o WHERE o.row_id = p.row_id) AS questions
FROM decision.persons AS p
JOIN decision.persons AS me ON me.row_id = ? AND p.household_id = me.household_id AND p.community = me.community
ORDER BY p.row_id
LIMIT 60
