-- Registered member on the possible days of approval: proven, refuted (member on no such day), or NULL. If no list of deaths was
-- compared: as for a person who is alive; whether the person is alive is a fact of its own.
CREATE OR REPLACE TEMP TABLE membership AS
WITH meeting AS (
    SELECT m.row_id
    FROM fact.members AS m JOIN fact.affecting_agreements USING (household_id)
    WHERE m.possible_from <= approved_to AND approved_from < m.possible_to
    UNION
    SELECT m.row_id
    FROM fact.members AS m JOIN unbounded_household USING (household_id)
    WHERE m.possible_from <= getvariable('as_of')
)
SELECT
    m.row_id,
    CASE
        WHEN m.doubtful OR approval_date_to IS NULL THEN NULL
        WHEN certain_from <= earliest_approval AND approval_date_to < certain_to_if_alive THEN TRUE
        WHEN meeting.row_id IS NULL THEN FALSE
    END AS registered
FROM fact.members AS m
LEFT JOIN approval_span USING (household_id)
LEFT JOIN meeting USING (row_id);
