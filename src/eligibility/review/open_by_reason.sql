-- Persons in review by reason, with the questions of that reason.
WITH asked AS (
    SELECT reason, count(*) FILTER (state = 'open') AS open, count(*) FILTER (state = 'answered') AS answered,
           count(*) FILTER (state = 'disagree') AS disagree, max(days) FILTER (state <> 'answered') AS oldest
    FROM (SELECT question_id, unnest(string_split(reason, ';')) AS reason FROM decision.questions) JOIN question_state USING (question_id)
    GROUP BY reason
),
waiting AS (
    SELECT reason, count(*) AS persons
    FROM (SELECT unnest(string_split(coalesce(reasons, ''), ';')) AS reason FROM decision.persons WHERE outcome = 'manual_review')
    GROUP BY reason
)
SELECT reason, persons, coalesce(open, 0), coalesce(answered, 0), coalesce(disagree, 0), coalesce(oldest, 0)
FROM waiting LEFT JOIN asked USING (reason)
ORDER BY persons DESC, reason;
