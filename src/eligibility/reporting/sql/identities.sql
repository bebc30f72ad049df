-- Household by household in the order of their places; what is nobody's stands last. Resident ids are masked: where they stand is told.
SELECT
    household_id, community, "group", head, named_by,
    CASE
        WHEN named_by NOT IN ('payee_id', 'head_id', 'member_id') THEN value
        WHEN length(value) <= 8 THEN repeat('*', length(value))
        ELSE left(value, 4) || repeat('*', length(value) - 8) || right(value, 4)
    END AS value,
    table_name AS "table", file, sheet, first_row AS "row", rows, evidence, certainty
FROM place.identities
ORDER BY
    household_id IS NULL, community, length("group"), "group", length(household_id), household_id,
    certainty, table_name = 'persons' DESC, table_name, named_by, identities.value, file, sheet, evidence, first_row
