-- Registered member on the admissible days of approval: proven, refuted (a member on no such day), or NULL. Where no list of
-- deaths was compared, that of a person who is alive; whether the person is, is a fact of its own.
CREATE OR REPLACE TEMP TABLE membership AS
WITH meeting AS (
    SELECT m.row_id
    FROM fact.members AS m JOIN fact.touches USING (household_id)
    WHERE m.p_lo <= t AND f < m.p_hi
    UNION
    SELECT m.row_id
    FROM fact.members AS m JOIN opened USING (household_id)
    WHERE m.p_lo <= getvariable('as_of')
)
SELECT
    m.row_id,
    CASE
        WHEN m.doubtful OR a_hi IS NULL THEN NULL
        WHEN c_lo <= start AND a_hi < c_alive THEN TRUE
        WHEN meeting.row_id IS NULL THEN FALSE
    END AS registered
FROM fact.members AS m
LEFT JOIN span USING (household_id)
LEFT JOIN meeting USING (row_id);
