-- review_persons: the persons in review. review_agreements: the agreements that affect their households. agreement_approvals:
-- these agreements with each approval that may cover them.
CREATE OR REPLACE TEMP TABLE review_persons AS
SELECT v.row_id, v.profile_id, p.resident_id, p.household_id AS listed_household, m.household_id
FROM verdict.persons AS v
JOIN verdict.profiles AS profile USING (profile_id)
JOIN paper.persons AS p USING (row_id)
JOIN fact.members AS m USING (row_id)
WHERE profile.outcome = 'manual_review' AND p.state = 'kept';

CREATE OR REPLACE TEMP TABLE review_agreements AS
SELECT * FROM fact.affecting_agreements WHERE household_id IN (SELECT household_id FROM review_persons);

CREATE OR REPLACE TEMP TABLE agreement_approvals AS
SELECT DISTINCT l.agreement_key, a.*
FROM link.links AS l JOIN link.approval_law AS a USING (approval_key)
WHERE (l.land_class IN ('basic_farmland', 'farmland') OR l.land_class IS NULL)
  AND l.agreement_key IN (SELECT agreement_key FROM review_agreements);
