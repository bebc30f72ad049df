-- The households of a question about a roll, with their lines of its agreement: `stated` of them with an area; and the agreement's own land.
WITH land AS (
    SELECT q.question_id, CASE WHEN bool_and(a.area_umu IS NOT NULL) THEN sum(a.area_umu)::BIGINT END AS area_umu,
           sum(coalesce(a.area_half_umu, 0))::BIGINT AS half_umu, list(DISTINCT a.agreement_key) AS keys
    FROM decision.questions AS q
    JOIN paper.agreements AS a ON a.state = 'kept' AND q.subject IN (a.agreement_no, a.agreement_key)
    WHERE q.question_id = $question
    GROUP BY q.question_id
),
line AS (
    SELECT p.household_id, count(*) AS lines, count(*) FILTER (p.basis = 'by_parcel' AND p.area_umu IS NOT NULL) AS stated,
           coalesce(sum(p.area_umu) FILTER (p.basis = 'by_parcel'), 0)::BIGINT AS stated_umu
    FROM paper.payouts AS p, land
    WHERE p.state <> 'duplicate' AND list_contains(land.keys, p.agreement_key)
    GROUP BY p.household_id
)
SELECT h.household_id IS NOT NULL AS asked, coalesce(h.household_id, line.household_id), coalesce(lines, 0), coalesce(stated, 0), coalesce(stated_umu, 0),
       land.area_umu, land.half_umu
FROM (SELECT household_id FROM decision.question_households WHERE question_id = $question) AS h
FULL JOIN line USING (household_id)
CROSS JOIN land
ORDER BY ALL
