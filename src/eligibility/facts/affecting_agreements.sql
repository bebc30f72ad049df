-- fact.affecting_agreements: candidate agreements except those that cannot have taken anything: in the pool, after the title
-- date, from a household without land left.
CREATE OR REPLACE TABLE fact.affecting_agreements AS
SELECT candidate_agreements.*, least(approved_from, signed_from) >= title_date_to AS after_title, greatest(approved_to,
    signed_to) < title_date_from AS before_title
FROM candidate_agreements
JOIN loss_inputs USING (household_id)
WHERE taken > 0 OR (remainder > 0 AND NOT (least(approved_from, signed_from) >= title_date_to AND coalesce(own_ceiling = 0, FALSE)));
