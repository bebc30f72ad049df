-- What is decided alike of many persons, each once, with the persons. The outcome stands before the reasons: it says what they are.
CREATE OR REPLACE TEMP TABLE decided_cases AS
SELECT
    row_number() OVER (ORDER BY profile_id, min(row_id)) AS number, list(row_id) AS persons, outcome, regime,
    outcome || '/' || coalesce(reasons, '') AS why, clauses_refuted, clauses_open, missing_evidence, settled_by,
    assumed_parameters, profile_id
FROM decision.persons
GROUP BY
    outcome, regime, reasons, clauses_refuted, clauses_open, missing_evidence, settled_by, assumed_parameters, profile_id
