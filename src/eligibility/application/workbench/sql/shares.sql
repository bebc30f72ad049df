-- The households whose land in an agreement a question about a roll asks for, by community and group.
SELECT DISTINCT coalesce(p.household_id, ''), coalesce(p.community, ''), coalesce(p."group", '') AS group_name
FROM decision.person_questions JOIN decision.persons AS p USING (row_id)
WHERE question_id = ?
ORDER BY 2, 3, 1
