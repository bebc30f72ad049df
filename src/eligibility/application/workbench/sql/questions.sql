-- The open questions of a run, those first that settle most persons, each with the name of the person it is about and with the streets
-- and communities of everyone who waits for it. Example: hukou-0ad…, 李某, [城东街道, 上坡岗社区], 1 touched, 1 settled.
WITH waiting AS (
    SELECT question_id, list_sort(list_distinct(flatten(list([p.street, p.community])))) AS places
    FROM decision.person_questions JOIN decision.persons AS p USING (row_id)
    GROUP BY question_id
),
named AS (SELECT resident_id, arg_min(name, row_id) AS name, arg_min(street, row_id) AS street FROM decision.persons GROUP BY resident_id)
SELECT
    q.question_id, q.asks, q.subject_kind, q.subject, coalesce(n.name, '') AS name, coalesce(q.reason, '') AS reason,
    coalesce(n.street, (SELECT min(street) FROM decision.persons AS s WHERE s.community = q.community), '') AS street,
    coalesce(q.community, '') AS community, coalesce(q.group_name, '') AS group_name, q.title, coalesce(q.title_en, q.title) AS title_en,
    coalesce(q.documents, '') AS documents, q.bodies, q.persons_touched, q.persons_settled, coalesce(w.places, []) AS places
FROM decision.questions AS q
LEFT JOIN waiting AS w USING (question_id)
LEFT JOIN named AS n ON q.subject_kind = 'person' AND n.resident_id = q.subject
ORDER BY q.persons_settled DESC, q.persons_touched DESC, q.question_id
