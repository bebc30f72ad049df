-- Papers of the contract right: a certificate valid on the first possible day of approval; one that may be valid; a confirmed
-- ledger as a substitute.
CREATE OR REPLACE TEMP TABLE title_evidence AS
SELECT
    household_id,
    coalesce(bool_or(validity = 'valid' AND NOT doubled AND issued_to <= approval_date_from), FALSE) AS title_held,
    coalesce(bool_or(validity <> 'withdrawn' AND (approval_date_to IS NULL OR issued_from <= approval_date_to)), FALSE) AS present,
    household_id IN (
        SELECT household_id FROM paper.contract_ledger
        WHERE state = 'kept' AND confirmed_by IN ('agriculture', 'community') AND contract_from_lo <= getvariable('as_of')
    ) AS substitute
FROM household
LEFT JOIN approval_span USING (household_id)
LEFT JOIN certificate USING (household_id)
GROUP BY household_id;
