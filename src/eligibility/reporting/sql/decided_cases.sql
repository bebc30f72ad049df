SELECT number, outcome, regime, why, clauses_refuted, clauses_open, missing_evidence, settled_by, assumed_parameters, profile_id
FROM decided_cases
ORDER BY number
