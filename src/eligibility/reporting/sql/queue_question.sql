-- queue_question: the questions in the order of the work list, those first that settle most persons; a person by name and full id,
-- since whoever looks the person up must know whom.
CREATE OR REPLACE TEMP TABLE queue_question AS
WITH named AS (SELECT resident_id, arg_min(name, row_id) AS name FROM decision.persons GROUP BY resident_id)
SELECT
    row_number() OVER (ORDER BY q.persons_settled DESC, q.persons_touched DESC, q.question_id) AS place,
    q.* REPLACE (
        CASE WHEN q.subject_kind = 'person'
             THEN replace(
                 q.title, left(q.subject, 4) || repeat('*', greatest(0, len(q.subject) - 8)) || right(q.subject, 4),
                 coalesce(named.name, '') || '（' || q.subject || '）'
             )
             ELSE q.title END AS title
    )
FROM decision.questions AS q
LEFT JOIN named ON q.subject_kind = 'person' AND named.resident_id = q.subject;
