-- What is still open of the persons chosen for a letter (table chosen): each reason with its papers and bodies once a person, so
-- that a letter names no other person.
SELECT
    row_id, reason,
    array_to_string(list_sort(list_distinct(flatten(list(string_split(documents, ';'))))), ';') AS documents,
    array_to_string(list_sort(list_distinct(flatten(list(string_split(bodies, ';'))))), ';') AS bodies
FROM decision.person_questions
JOIN chosen USING (row_id)
JOIN decision.questions USING (question_id)
GROUP BY row_id, reason
ORDER BY row_id, reason
