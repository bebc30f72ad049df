-- decision.person_questions and decision.questions: each question once, with the number of persons affected (persons_touched)
-- and of those whom an answer settles (persons_settled): for whom nothing else is open, if the form can take an answer that is
-- used. A question that only mended papers answer settles nobody by an answer, nor does the approval of an agreement that cites
-- one in full, or which the approvals of the dossier cannot cover.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT open_issues.row_id, question_id, topic, key
FROM open_issues
JOIN (
    SELECT topic, key, asks || '-' || left(sha256(asks || '|' || key), 16) AS question_id
    FROM (SELECT DISTINCT topic, key FROM open_issues) JOIN topic USING (topic)
) USING (topic, key);

CREATE OR REPLACE TABLE decision.person_questions AS
SELECT row_id, question_id FROM numbered ORDER BY ALL;

-- question_number: the id as people write it, six letters and digits (ten, should two questions of a batch have the same six): the
-- same in every batch, without I, L, O and U, which are misread.
CREATE OR REPLACE TEMP TABLE question_number AS
SELECT question_id, if(count(*) OVER (PARTITION BY left(word, 6)) = 1, left(word, 6), word) AS number
FROM (
    SELECT question_id, array_to_string([
        substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> (5 * i)) & 31)::INTEGER, 1) FOR i IN range(10)
    ], '') AS word
    FROM (SELECT DISTINCT question_id, ('0x' || right(question_id, 13))::UBIGINT AS code FROM numbered)
);

CREATE OR REPLACE TABLE decision.questions AS
WITH alone AS (SELECT row_id FROM numbered GROUP BY row_id HAVING count(*) = 1),
counted AS (
    SELECT
        question_id, min(topic) AS topic, min(key) AS key, count(*) AS persons_touched,
        count(*) FILTER (row_id IN (SELECT row_id FROM alone)) AS persons_alone
    FROM numbered
    GROUP BY question_id
),
-- agreements of which an answer about the approval would not be used, or could not cover the whole
citing AS (
    SELECT agreement_key AS key FROM paper.agreements
    WHERE state = 'kept' AND cited_approval_no IN (FROM full_citation)
    UNION
    SELECT agreement_key FROM link.coverage
    WHERE covered_umu_max < area_umu AND coalesce(land_class IN ('basic_farmland', 'farmland'), TRUE)
)
SELECT
    question_id, number, topic.asks, topic.kind, topic.reason, topic.subject_kind,
    coalesce(subject.subject, counted.key) AS subject, coalesce(community, '') AS community, coalesce(group_name, '') AS group_name,
    replace(topic.title, '{subject}', shown) AS title, replace(topic.title_en, '{subject}', shown) AS title_en,
    topic.documents, coalesce(nullif(place.asked_of, ''), topic.bodies) AS bodies,
    coalesce(place.file, '') AS file, coalesce(place.sheet, '') AS sheet, place."row", coalesce(place.columns, '') AS columns,
    CASE WHEN topic.asks = 'roll' THEN land.area_mu END AS area_mu,
    persons_touched,
    CASE
        WHEN topic.form = 'recorded' OR (topic.asks = 'link' AND counted.key IN (FROM citing)) THEN 0
        ELSE persons_alone
    END AS persons_settled
FROM counted
JOIN question_number USING (question_id)
JOIN topic USING (topic)
LEFT JOIN (
    SELECT agreement_key, (sum(area_umu) / 1000000)::DECIMAL(18, 4)::DOUBLE AS area_mu
    FROM paper.agreements
    WHERE state = 'kept' AND (land_class IN ('basic_farmland', 'farmland') OR land_class IS NULL)
    GROUP BY agreement_key HAVING bool_and(area_umu IS NOT NULL)
) AS land ON land.agreement_key = counted.key
LEFT JOIN question_place AS place ON place.topic = counted.topic AND place.key = counted.key
LEFT JOIN subject ON subject.subject_kind = topic.subject_kind AND subject.key = counted.key
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN topic.subject_kind = 'person' THEN left(counted.key, 4) || repeat('*', greatest(0, len(counted.key) - 8)) || right(counted.key, 4)
        ELSE coalesce(subject.subject, counted.key)
    END AS shown
) AS words
ORDER BY persons_settled DESC, persons_touched DESC, question_id;

-- decision.question_households: the households of which an answer about a roll is to tell: every one of the place of the
-- agreement, those that wait, and those on its roll.
CREATE OR REPLACE TABLE decision.question_households AS
WITH roll AS (
    SELECT DISTINCT n.question_id, n.key, a.community_key, a.group_keys
    FROM numbered AS n JOIN topic USING (topic) JOIN paper.agreements AS a ON a.agreement_key = n.key AND a.state = 'kept'
    WHERE topic.asks = 'roll'
)
SELECT question_id, p.household_id
FROM roll
JOIN paper.persons AS p ON p.community_key = roll.community_key
    AND (len(coalesce(roll.group_keys, [])) = 0 OR list_contains(roll.group_keys, p.group_key))
WHERE p.state = 'kept' AND p.household_id IS NOT NULL
UNION
SELECT question_id, p.household_id
FROM numbered JOIN topic USING (topic) JOIN paper.persons AS p USING (row_id)
WHERE topic.asks = 'roll' AND p.household_id IS NOT NULL
UNION
SELECT question_id, l.household_id
FROM roll JOIN paper.payouts AS l ON l.agreement_key = roll.key
WHERE l.state <> 'duplicate' AND l.household_id IS NOT NULL
ORDER BY ALL;
