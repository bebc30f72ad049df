-- Questions by the bodies that may answer them, and the persons in review who wait for one of these; a question that several bodies may
-- answer stands with each.
WITH asked AS (
    SELECT question_id, unnest(string_split(bodies, ';')) AS body FROM decision.questions
),
waiting AS (
    SELECT body, count(DISTINCT row_id) AS persons
    FROM asked JOIN decision.person_questions USING (question_id) GROUP BY body
)
SELECT
    body, any_value(persons), count(*) FILTER (state = 'open'), count(*) FILTER (state = 'answered'),
    count(*) FILTER (state = 'disagree'), coalesce(max(days) FILTER (state <> 'answered'), 0)
FROM asked JOIN question_state USING (question_id) JOIN waiting USING (body)
WHERE body <> ''
GROUP BY body
ORDER BY any_value(persons) DESC, body;
