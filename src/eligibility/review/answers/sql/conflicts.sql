-- An answer that could have filled a cell and met none (a place nobody knows, a person or paper that is gone) is unused, not recorded.
UPDATE paper.answers SET effect = 'unused' WHERE effect = 'recorded' AND word <> 'recorded' AND NOT (word = 'shares' AND household_id = '');

-- An answer against the papers of a household, an agreement or an approval: whoever it concerns goes to a person.
UPDATE paper.persons AS p SET conflicts = list_append(coalesce(conflicts, []), 'answer')
FROM (
    SELECT DISTINCT CASE WHEN asks = 'certificate' THEN subject ELSE household_id END AS household_id
    FROM paper.answers WHERE effect = 'conflict' AND (asks = 'certificate' OR word = 'shares')
) AS a
WHERE p.state = 'kept' AND p.household_id = a.household_id;

UPDATE paper.agreements AS g SET conflict = TRUE
FROM paper.answers AS a
WHERE a.effect = 'conflict' AND a.asks = 'link' AND g.agreement_key = a.agreement_key;

UPDATE paper.approvals AS p SET conflict = TRUE
FROM paper.answers AS a
WHERE a.effect = 'conflict' AND a.approval_key = p.approval_key;
