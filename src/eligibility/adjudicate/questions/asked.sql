-- asked: the persons in review. linked: agreements that touch a household of theirs, with each approval that may cover them.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT d.row_id, d.profile_id, d.resident_id, d.household_id AS listed_household, m.household_id
FROM decision.persons AS d JOIN fact.members AS m USING (row_id)
WHERE d.outcome = 'manual_review';

CREATE OR REPLACE TEMP TABLE asked_touch AS
SELECT * FROM fact.affecting_agreements WHERE household_id IN (SELECT household_id FROM asked);

CREATE OR REPLACE TEMP TABLE linked AS
SELECT DISTINCT l.agreement_key, a.*
FROM link.links AS l JOIN link.approval_law AS a USING (approval_key)
WHERE (l.land_class IN ('basic_farmland', 'farmland') OR l.land_class IS NULL)
  AND l.agreement_key IN (SELECT agreement_key FROM asked_touch);
