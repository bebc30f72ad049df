-- decision.persons: one decision for each kept person, in input order (the columns of decisions.csv). missing_evidence and
-- settled_by: the papers and the bodies of the questions on which the person waits, once for each set of questions that occurs.
CREATE OR REPLACE TABLE decision.persons AS
WITH waiting AS (
    SELECT row_id, list(question_id ORDER BY question_id) AS asked FROM decision.person_questions GROUP BY row_id
),
question AS (
    SELECT asked, unnest(asked) AS question_id FROM (SELECT DISTINCT asked FROM waiting)
),
need AS (
    SELECT
        asked,
        array_to_string(list_sort(list_distinct(flatten(list(string_split(documents, ';'))))), ';') AS missing_evidence,
        array_to_string(list_sort(list_distinct(flatten(list(string_split(bodies, ';'))))), ';') AS settled_by
    FROM question JOIN decision.questions USING (question_id)
    GROUP BY asked
)
SELECT
    p.row_id, p.resident_id, p.name, p.household_id, p.street, p.community, p.group_name AS "group",
    profile.outcome, getvariable('regime') AS regime, profile.reasons, profile.clauses_refuted, profile.clauses_open,
    coalesce(need.missing_evidence, '') AS missing_evidence, coalesce(need.settled_by, '') AS settled_by,
    profile.assumed_parameters, v.profile_id
FROM paper.persons AS p
JOIN verdict.persons AS v USING (row_id)
JOIN verdict.profiles AS profile USING (profile_id)
LEFT JOIN waiting USING (row_id)
LEFT JOIN need USING (asked)
WHERE p.state = 'kept'
ORDER BY row_id;
