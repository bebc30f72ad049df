-- waits: every question on which something open of a person hangs. Strands are counted as bits: of a household those on which
-- something hangs, of a profile those for which it waits. A person with an open condition that no known paper explains is
-- asked about by itself, so that nobody counts as settled too early.
CREATE OR REPLACE TEMP TABLE strand AS
SELECT strand, 1::BIGINT << (row_number() OVER (ORDER BY strand) - 1) AS bit
FROM (SELECT DISTINCT strand FROM profile_strand);

CREATE OR REPLACE TEMP TABLE waits AS
WITH own AS (
    SELECT DISTINCT row_id, condition, topic, person_hang.key
    FROM asked JOIN profile_strand USING (profile_id) JOIN person_hang USING (row_id, strand)
),
pair AS (SELECT DISTINCT profile_id, household_id FROM asked WHERE household_id IS NOT NULL),
in_profile AS (SELECT profile_id, bit_or(bit) AS awaited FROM profile_strand JOIN strand USING (strand) GROUP BY profile_id),
in_household AS (SELECT household_id, bit_or(bit) AS hanging FROM hang JOIN strand USING (strand) GROUP BY household_id),
-- the members of a household who share a profile wait for the same papers
shared AS (
    SELECT DISTINCT profile_id, household_id, topic, key
    FROM pair JOIN in_profile USING (profile_id) JOIN hang USING (household_id) JOIN strand USING (strand)
    WHERE awaited & bit <> 0
),
found AS (
    SELECT row_id, topic, key FROM asked JOIN shared USING (profile_id, household_id)
    UNION
    SELECT row_id, topic, key FROM own
    UNION
    SELECT row_id, 'ruling', key FROM asked JOIN profile_ruling USING (profile_id)
),
unruled AS (
    SELECT profile_id, condition, coalesce(bit_or(bit), 0) AS awaited
    FROM profile_open
    ANTI JOIN profile_ruling USING (profile_id, condition)
    LEFT JOIN profile_strand USING (profile_id, condition)
    LEFT JOIN strand USING (strand)
    GROUP BY profile_id, condition
),
unexplained AS (
    SELECT profile_id, household_id, condition
    FROM pair JOIN unruled USING (profile_id) LEFT JOIN in_household USING (household_id)
    WHERE awaited & coalesce(hanging, 0) = 0
)
SELECT row_id, topic, key FROM found
UNION ALL
SELECT DISTINCT row_id, 'other', resident_id
FROM asked JOIN unexplained USING (profile_id, household_id) ANTI JOIN own USING (row_id, condition)
UNION ALL
SELECT row_id, 'other', resident_id FROM asked WHERE household_id IS NULL AND row_id NOT IN (SELECT row_id FROM found);

-- subject: what each key stands for, and where it is
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
SELECT 'household', listed_household, listed_household, arg_min(community, row_id), arg_min("group", row_id)
FROM asked JOIN decision.persons USING (row_id)
WHERE listed_household IN (SELECT key FROM waits) GROUP BY listed_household
UNION ALL
SELECT 'person', resident_id, resident_id, arg_min(community, row_id), arg_min("group", row_id)
FROM decision.persons WHERE resident_id IN (SELECT key FROM waits) GROUP BY resident_id
UNION ALL
SELECT 'policy', key, subject, NULL, NULL FROM policy_subject;
