-- By which agreements land of the household of each person chosen for a letter was taken, as its roll has it: the household's area, and
-- the approval where it is certain.
WITH line AS (
    SELECT household_id, agreement_key, CASE WHEN bool_and(basis = 'by_parcel' AND area_umu IS NOT NULL) THEN sum(area_umu)::BIGINT END AS area_umu
    FROM paper.payouts WHERE state = 'kept' GROUP BY household_id, agreement_key
),
agreed AS (
    SELECT agreement_key, min(agreement_no) AS agreement_no, min(signed_on_lo) AS signed_lo, max(signed_on_hi) AS signed_hi
    FROM paper.agreements
    WHERE state = 'kept' AND kind = 'expropriation' AND land_class IN ('farmland', 'basic_farmland')
    GROUP BY agreement_key
),
approved AS (
    SELECT l.agreement_key, min(a.approval_no) AS approval_no, min(a.approved_on_lo) AS approved_lo, max(a.approved_on_hi) AS approved_hi
    FROM link.links AS l JOIN paper.approvals AS a USING (approval_key)
    WHERE l.certainty = 'certain' AND a.state = 'kept'
    GROUP BY l.agreement_key HAVING count(DISTINCT approval_key) = 1
)
SELECT c.row_id, agreement_no, signed_lo, signed_hi, line.area_umu, approval_no, approved_lo, approved_hi
FROM chosen AS c
JOIN decision.persons AS d USING (row_id)
JOIN line ON line.household_id = d.household_id
JOIN agreed USING (agreement_key)
LEFT JOIN approved USING (agreement_key)
ORDER BY c.row_id, signed_lo, agreement_no
