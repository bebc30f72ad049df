-- As `decisions`, with the class of the outcome: "" where it has none, 待定 (open) where it may be several.
SELECT
    resident_id, name, household_id, street, community, "group", outcome, regime, reasons, clauses_refuted,
    clauses_open, missing_evidence, settled_by, assumed_parameters, profile_id,
    CASE WHEN classes."class" = '' AND classes.possible <> '' THEN 'open' ELSE classes."class" END AS "class"
FROM decision.persons
LEFT JOIN decision.classes AS classes USING (profile_id, outcome)
ORDER BY row_id
