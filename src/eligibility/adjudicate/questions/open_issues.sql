-- open_issues: every question on which an open point of a person depends. Issue types are encoded as bits: those of a household
-- with open points, and those on which a profile depends. A person with an open condition that no known paper explains gets a
-- question of its own, so that nobody counts as settled too early.
CREATE OR REPLACE TEMP TABLE issue_bit AS
SELECT issue_type, 1::BIGINT << (row_number() OVER (ORDER BY issue_type) - 1) AS bit
FROM (SELECT DISTINCT issue_type FROM profile_issue_type);

CREATE OR REPLACE TEMP TABLE open_issues AS
WITH own_issues AS (
    SELECT DISTINCT row_id, condition, topic, person_points.key
    FROM review_persons JOIN profile_issue_type USING (profile_id) JOIN person_points USING (row_id, issue_type)
),
pair AS (SELECT DISTINCT profile_id, household_id FROM review_persons WHERE household_id IS NOT NULL),
profile_bits AS (SELECT profile_id, bit_or(bit) AS awaited_bits FROM profile_issue_type JOIN issue_bit USING (issue_type) GROUP BY profile_id),
household_bits AS (SELECT household_id, bit_or(bit) AS open_bits FROM open_points JOIN issue_bit USING (issue_type) GROUP BY household_id),
-- members of a household with the same profile depend on the same papers
shared AS (
    SELECT DISTINCT profile_id, household_id, topic, key
    FROM pair JOIN profile_bits USING (profile_id) JOIN open_points USING (household_id) JOIN issue_bit USING (issue_type)
    WHERE awaited_bits & bit <> 0
),
all_issues AS (
    SELECT row_id, topic, key FROM review_persons JOIN shared USING (profile_id, household_id)
    UNION
    SELECT row_id, topic, key FROM own_issues
    UNION
    SELECT row_id, 'ruling', key FROM review_persons JOIN profile_ruling USING (profile_id)
),
unruled AS (
    SELECT profile_id, condition, coalesce(bit_or(bit), 0) AS awaited_bits
    FROM profile_open
    ANTI JOIN profile_ruling USING (profile_id, condition)
    LEFT JOIN profile_issue_type USING (profile_id, condition)
    LEFT JOIN issue_bit USING (issue_type)
    GROUP BY profile_id, condition
),
unexplained AS (
    SELECT profile_id, household_id, condition
    FROM pair JOIN unruled USING (profile_id) LEFT JOIN household_bits USING (household_id)
    WHERE awaited_bits & coalesce(open_bits, 0) = 0
)
SELECT row_id, topic, key FROM all_issues
UNION ALL
SELECT DISTINCT row_id, 'other', resident_id
FROM review_persons JOIN unexplained USING (profile_id, household_id) ANTI JOIN own_issues USING (row_id, condition)
UNION ALL
SELECT row_id, 'other', resident_id FROM review_persons WHERE household_id IS NULL AND row_id NOT IN (SELECT row_id FROM all_issues);

-- subject: name and place of each key
CREATE OR REPLACE TEMP TABLE subject AS
WITH agreement AS (
    SELECT
        agreement_key AS key, arg_min(agreement_no, row_id) AS name, arg_min(community, row_id) AS community,
        arg_min(group_name, row_id) AS group_name
    FROM paper.agreements WHERE agreement_key IS NOT NULL GROUP BY agreement_key
),
place AS (
    SELECT
        community_key, group_key, concat_ws(' ', community_key, group_key) AS key,
        arg_min(community, row_id) AS community, CASE WHEN group_key IS NOT NULL THEN arg_min(group_name, row_id) END AS group_name
    FROM paper.persons WHERE state = 'kept' GROUP BY GROUPING SETS ((community_key, group_key), (community_key))
),
land AS (
    SELECT approval_key, CASE WHEN count(DISTINCT community_key) = 1 THEN min(community) END AS community
    FROM paper.approval_parcels WHERE state = 'kept' GROUP BY approval_key
)
SELECT 'agreement' AS subject_kind, key, coalesce(name, key) AS subject, community, group_name FROM agreement
UNION ALL
SELECT 'approval', approval_key, approval_no, community, NULL FROM link.approval_law LEFT JOIN land USING (approval_key)
UNION ALL
SELECT CASE WHEN group_key IS NULL THEN 'community' ELSE 'group' END, key, concat_ws(' ', community, group_name), community, group_name
FROM place
UNION ALL
SELECT 'household', listed_household, listed_household, arg_min(community, row_id), arg_min(group_name, row_id)
FROM review_persons JOIN paper.persons USING (row_id)
WHERE listed_household IN (SELECT key FROM open_issues) GROUP BY listed_household
UNION ALL
SELECT 'person', resident_id, resident_id, arg_min(community, row_id), arg_min(group_name, row_id)
FROM paper.persons WHERE state = 'kept' AND resident_id IN (SELECT key FROM open_issues) GROUP BY resident_id
UNION ALL
SELECT 'policy', key, subject, NULL, NULL FROM policy_subject;
