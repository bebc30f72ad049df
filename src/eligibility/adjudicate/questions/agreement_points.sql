-- open_points: for each household the issue types that are open, and the question (topic and key of its subject) on which each
-- depends. This file: those of the agreements that affect it, and of the approvals that may cover such an agreement.
CREATE OR REPLACE TEMP TABLE open_points AS
WITH undated AS (SELECT DISTINCT agreement_key FROM agreement_approvals WHERE approved_lo < approved_hi),
special AS (SELECT DISTINCT agreement_key FROM agreement_approvals WHERE special IS NOT FALSE),
contradicted AS (SELECT DISTINCT agreement_key FROM agreement_approvals WHERE contradictory)
-- which approval covers it
SELECT
    household_id,
    CASE WHEN fully_covered THEN 'day' ELSE 'link' END AS issue_type,
    CASE
        WHEN NOT readable THEN 'agreement' WHEN reserve THEN 'link_reserve' WHEN possible_approvals > 0 THEN 'link'
        ELSE 'link_missing'
    END AS topic,
    agreement_key AS key
FROM review_agreements
WHERE NOT fully_covered OR (approved_from < approved_to AND agreement_key NOT IN (SELECT agreement_key FROM undated))
UNION ALL
SELECT household_id, 'day', 'approval_day', approval_key
FROM review_agreements JOIN agreement_approvals USING (agreement_key)
WHERE fully_covered AND approved_from < approved_to AND approved_lo < approved_hi
UNION ALL
-- how much of the household's land was taken
SELECT household_id, 'roll', CASE WHEN equal_share THEN 'roll_equal' ELSE 'roll' END, agreement_key
FROM review_agreements
WHERE remainder > 0 AND NOT possibly_divided
UNION ALL
-- whether its land was taken by the line of a household without papers, which may have been divided from it
SELECT DISTINCT touched.household_id, 'roll', 'apart', p.household_id
FROM review_agreements AS touched
JOIN paper.payouts AS p USING (agreement_key)
WHERE touched.possibly_divided AND p.state = 'kept'
  AND p.household_id NOT IN (SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL)
  AND p.household_id NOT IN (SELECT household_id FROM paper.contract_ledger WHERE household_id IS NOT NULL)
UNION ALL
-- whether the approval is lawful: given by a competent authority, since the start date
SELECT household_id, unnest(CASE WHEN after_title THEN ['competence'] ELSE ['competence', 'earlier'] END), 'competence', approval_key
FROM review_agreements JOIN agreement_approvals USING (agreement_key)
WHERE ((fully_covered AND NOT review_agreements.competent) OR all_incompetent) AND agreement_approvals.competent IS NOT TRUE
UNION ALL
SELECT household_id, unnest(CASE WHEN after_title THEN ['start'] ELSE ['start', 'earlier'] END), 'before_start', approval_key
FROM review_agreements JOIN agreement_approvals USING (agreement_key)
WHERE fully_covered AND approved_lo < getvariable('start_date')
UNION ALL
SELECT household_id, 'works', 'works', approval_key
FROM review_agreements JOIN agreement_approvals USING (agreement_key)
WHERE fully_covered AND agreement_approvals.special IS NOT FALSE AND review_agreements.special IS NOT FALSE
UNION ALL
SELECT household_id, 'works', 'works_of_agreement', agreement_key
FROM review_agreements
WHERE special IS NOT FALSE AND NOT (fully_covered AND agreement_key IN (SELECT agreement_key FROM special))
UNION ALL
SELECT household_id, 'contradiction', 'contradiction', approval_key
FROM review_agreements JOIN agreement_approvals USING (agreement_key)
WHERE agreement_approvals.contradictory
UNION ALL
SELECT household_id, 'contradiction', 'agreement', agreement_key
FROM review_agreements
WHERE review_agreements.contradictory AND agreement_key NOT IN (SELECT agreement_key FROM contradicted);
