-- decision.person_questions and decision.questions: each question once, with the number of persons affected (persons_touched)
-- and of those for whom nothing else is open (persons_settled).
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT open_issues.row_id, question_id, topic, key
FROM open_issues
JOIN (
    SELECT topic, key, asks || '-' || left(sha256(asks || '|' || key), 16) AS question_id
    FROM (SELECT DISTINCT topic, key FROM open_issues) JOIN topic USING (topic)
) USING (topic, key);

CREATE OR REPLACE TABLE decision.person_questions AS
SELECT row_id, question_id FROM numbered ORDER BY ALL;

CREATE OR REPLACE TABLE decision.questions AS
WITH alone AS (SELECT row_id FROM numbered GROUP BY row_id HAVING count(*) = 1),
counted AS (
    SELECT
        question_id, min(topic) AS topic, min(key) AS key, count(*) AS persons_touched,
        count(*) FILTER (row_id IN (SELECT row_id FROM alone)) AS persons_settled
    FROM numbered
    GROUP BY question_id
)
SELECT
    question_id, topic.asks, topic.kind, topic.reason, topic.subject_kind,
    coalesce(subject.subject, counted.key) AS subject, coalesce(community, '') AS community, coalesce(group_name, '') AS group_name,
    replace(topic.title, '{subject}', shown) AS title, replace(topic.title_en, '{subject}', shown) AS title_en,
    topic.documents, coalesce(nullif(place.asked_of, ''), topic.bodies) AS bodies,
    coalesce(place.file, '') AS file, coalesce(place.sheet, '') AS sheet, place."row", coalesce(place.columns, '') AS columns,
    persons_touched, persons_settled
FROM counted
JOIN topic USING (topic)
LEFT JOIN question_place AS place ON place.topic = counted.topic AND place.key = counted.key
LEFT JOIN subject ON subject.subject_kind = topic.subject_kind AND subject.key = counted.key
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN topic.subject_kind = 'person' THEN left(counted.key, 4) || repeat('*', greatest(0, len(counted.key) - 8)) || right(counted.key, 4)
        ELSE coalesce(subject.subject, counted.key)
    END AS shown
) AS words
ORDER BY persons_settled DESC, persons_touched DESC, question_id;
