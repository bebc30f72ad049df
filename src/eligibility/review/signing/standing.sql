-- review_cases: the decisions of the run, each with the digest under which it is signed.
CREATE OR REPLACE TEMP TABLE review_cases AS
SELECT row_id, resident_id, street, community, "group" AS group_name, outcome, coalesce(reasons, '') AS reasons, {digest} AS digest
FROM decision.persons;

-- review_parts: what each body that must sign says of each case: its last signature under this decision, else the paper.
CREATE OR REPLACE TEMP TABLE review_parts AS
WITH signed AS (
    SELECT resident_id, digest, stage, body, arg_max(opinion, seq) AS opinion, arg_max(signer, seq) AS signer
    FROM review_signed GROUP BY ALL
),
paper AS (
    SELECT resident_id, word,
        CASE WHEN bool_or(opinion = 'disagree') THEN 'disagree' WHEN bool_or(opinion = 'incomplete') THEN 'incomplete' ELSE 'agree' END AS opinion
    FROM review_on_paper GROUP BY ALL
)
SELECT
    c.row_id, c.resident_id, n.place, n.stage, n.body, s.signer,
    coalesce(s.opinion, p.opinion, 'waiting') AS state
FROM review_cases AS c
CROSS JOIN review_needed AS n
LEFT JOIN signed AS s ON s.resident_id = c.resident_id AND s.digest = c.digest AND s.stage = n.stage AND s.body = n.body
LEFT JOIN paper AS p ON p.resident_id = c.resident_id AND p.word = n.word AND n.word <> '';

-- review_standing: the first stage that is not complete (NULL: all are), and what stands in its way.
CREATE OR REPLACE TEMP TABLE review_standing AS
WITH missing AS (
    SELECT row_id, min(place) AS place FROM review_parts WHERE state <> 'agree' GROUP BY row_id
),
waiting AS (
    SELECT
        row_id, place, any_value(p.stage) AS stage, list(p.body ORDER BY p.body) AS bodies,
        CASE WHEN bool_or(state = 'disagree') THEN 'disagree' WHEN bool_or(state = 'incomplete') THEN 'incomplete' ELSE 'waiting' END AS state
    FROM review_parts AS p JOIN missing USING (row_id, place)
    WHERE state <> 'agree'
    GROUP BY row_id, place
)
SELECT
    c.*, w.place, w.stage, coalesce(w.bodies, []) AS bodies, coalesce(w.state, 'complete') AS state,
    -- an appeal stands against whatever is decided, a finding that a decision is wrong against that decision
    (
        SELECT max(n.appeal) FROM review_contested AS n
        WHERE n.resident_id = c.resident_id AND n.digest IN ('', c.digest)
    ) AS contested
FROM review_cases AS c
LEFT JOIN waiting AS w USING (row_id);
