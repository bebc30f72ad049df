-- decision.persons: one decision for each kept person, in input order (the columns of decisions.csv).
CREATE OR REPLACE TABLE decision.persons AS
SELECT
    p.row_id, p.resident_id, p.name, p.household_id, p.street, p.community, p.group_name AS "group",
    profile.outcome, getvariable('regime') AS regime, profile.reasons, profile.clauses_refuted, profile.clauses_open,
    need.missing_evidence, need.settled_by, profile.assumed_parameters, v.profile_id
FROM paper.persons AS p
JOIN verdict.persons AS v USING (row_id)
JOIN verdict.profiles AS profile USING (profile_id)
JOIN need USING (profile_id)
WHERE p.state = 'kept'
ORDER BY row_id;
