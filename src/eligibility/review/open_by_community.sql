-- Persons in review by community, with the questions that wait there.
WITH asked AS (
    SELECT community, count(*) FILTER (state = 'open') AS open, count(*) FILTER (state = 'answered') AS answered,
           count(*) FILTER (state = 'disagree') AS disagree, max(days) FILTER (state <> 'answered') AS oldest
    FROM (SELECT DISTINCT p.community, s.* FROM question_state AS s JOIN decision.person_questions USING (question_id) JOIN decision.persons AS p USING (row_id))
    GROUP BY community
),
waiting AS (
    SELECT community, count(*) AS persons, min(row_id) AS place FROM decision.persons WHERE outcome = 'manual_review' GROUP BY community
)
SELECT community, persons, coalesce(open, 0), coalesce(answered, 0), coalesce(disagree, 0), coalesce(oldest, 0)
FROM waiting LEFT JOIN asked USING (community)
ORDER BY place;
