-- In input order, as decision.persons is.
SELECT
    resident_id, name, household_id, street, community, "group", outcome, regime, reasons, clauses_refuted,
    clauses_open, missing_evidence, settled_by, assumed_parameters, profile_id
FROM decision.persons
