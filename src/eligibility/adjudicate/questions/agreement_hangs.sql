-- hang: what is open for a household (strand), and the question (topic and key of its subject) on which it hangs. First what
-- hangs on an agreement that touches it, or on an approval that may cover such an agreement.
CREATE OR REPLACE TEMP TABLE hang AS
WITH vague AS (SELECT DISTINCT agreement_key FROM linked WHERE approved_lo < approved_hi),
special AS (SELECT DISTINCT agreement_key FROM linked WHERE special IS NOT FALSE),
contradicted AS (SELECT DISTINCT agreement_key FROM linked WHERE contradictory)
-- which approval covers it
SELECT
    household_id,
    CASE WHEN fully_covered THEN 'day' ELSE 'link' END AS strand,
    CASE
        WHEN NOT readable THEN 'agreement' WHEN reserve THEN 'link_reserve' WHEN possible_approvals > 0 THEN 'link'
        ELSE 'link_missing'
    END AS topic,
    agreement_key AS key
FROM asked_touch
WHERE NOT fully_covered OR (approved_from < approved_to AND agreement_key NOT IN (SELECT agreement_key FROM vague))
UNION ALL
SELECT household_id, 'day', 'approval_day', approval_key
FROM asked_touch JOIN linked USING (agreement_key)
WHERE fully_covered AND approved_from < approved_to AND approved_lo < approved_hi
UNION ALL
-- how much of the household went
SELECT household_id, 'roll', CASE WHEN equal_share THEN 'roll_equal' ELSE 'roll' END, agreement_key
FROM asked_touch
WHERE remainder > 0 AND NOT possibly_divided
UNION ALL
-- whether its land went by the line of a household without papers, which may have been divided from it: the papers of that one tell
SELECT DISTINCT touched.household_id, 'roll', 'apart', p.household_id
FROM asked_touch AS touched
JOIN paper.payouts AS p USING (agreement_key)
WHERE touched.possibly_divided AND p.state = 'kept'
  AND p.household_id NOT IN (SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL)
  AND p.household_id NOT IN (SELECT household_id FROM paper.contract_ledger WHERE household_id IS NOT NULL)
UNION ALL
-- whether the approval counts: given by an authority that may, since the start
SELECT household_id, unnest(CASE WHEN after_title THEN ['competence'] ELSE ['competence', 'earlier'] END), 'competence', approval_key
FROM asked_touch JOIN linked USING (agreement_key)
WHERE ((fully_covered AND NOT asked_touch.competent) OR all_incompetent) AND linked.competent IS NOT TRUE
UNION ALL
SELECT household_id, unnest(CASE WHEN after_title THEN ['start'] ELSE ['start', 'earlier'] END), 'before_start', approval_key
FROM asked_touch JOIN linked USING (agreement_key)
WHERE fully_covered AND approved_lo < getvariable('start_date')
UNION ALL
SELECT household_id, 'works', 'works', approval_key
FROM asked_touch JOIN linked USING (agreement_key)
WHERE fully_covered AND linked.special IS NOT FALSE AND asked_touch.special IS NOT FALSE
UNION ALL
SELECT household_id, 'works', 'works_of_agreement', agreement_key
FROM asked_touch
WHERE special IS NOT FALSE AND NOT (fully_covered AND agreement_key IN (SELECT agreement_key FROM special))
UNION ALL
SELECT household_id, 'contradiction', 'contradiction', approval_key
FROM asked_touch JOIN linked USING (agreement_key)
WHERE linked.contradictory
UNION ALL
SELECT household_id, 'contradiction', 'agreement', agreement_key
FROM asked_touch
WHERE asked_touch.contradictory AND agreement_key NOT IN (SELECT agreement_key FROM contradicted);
