-- Persons whose outcome ($1 true) or only whose reasons ($1 false) would change, in input order.
SELECT
    decided.resident_id, decided.name, decided.household_id, decided.street, decided.community, decided."group",
    decided.outcome, shifted.new_outcome, decided.reasons, shifted.new_reasons
FROM decision.persons AS decided
JOIN marked USING (row_id)
JOIN shifted ON marked.profile_id = shifted.profile_id AND {keys}
WHERE (decided.outcome <> shifted.new_outcome) = $1
ORDER BY decided.row_id
