-- Papers of contract right: a certificate valid on the first admissible day of approval; one that may be; a confirmed
-- ledger that stands in for it.
CREATE OR REPLACE TEMP TABLE title AS
SELECT
    household_id,
    coalesce(bool_or(standing = 'in' AND NOT doubled AND issued_hi <= a_lo), FALSE) AS held,
    coalesce(bool_or(standing <> 'out' AND (a_hi IS NULL OR issued_lo <= a_hi)), FALSE) AS present,
    household_id IN (
        SELECT household_id FROM paper.contract_ledger
        WHERE state = 'kept' AND confirmed_by IN ('agriculture', 'community') AND contract_from_lo <= getvariable('as_of')
    ) AS substitute
FROM household
LEFT JOIN span USING (household_id)
LEFT JOIN certificate USING (household_id)
GROUP BY household_id;
