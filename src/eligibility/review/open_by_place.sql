-- Persons in review by {place} (street or community), with the questions that wait there; a question that touches two stands in both.
WITH asked AS (
    SELECT {place} AS name, count(*) FILTER (state = 'open') AS open, count(*) FILTER (state = 'answered') AS answered,
           count(*) FILTER (state = 'disagree') AS disagree, max(days) FILTER (state <> 'answered') AS oldest
    FROM (SELECT DISTINCT p.{place}, s.* FROM question_state AS s JOIN decision.person_questions USING (question_id) JOIN decision.persons AS p USING (row_id))
    GROUP BY {place}
),
waiting AS (
    SELECT {place} AS name, count(*) AS persons, min(row_id) AS first FROM decision.persons WHERE outcome = 'manual_review' GROUP BY {place}
)
SELECT name, persons, coalesce(open, 0), coalesce(answered, 0), coalesce(disagree, 0), coalesce(oldest, 0)
FROM waiting LEFT JOIN asked USING (name)
ORDER BY first;
