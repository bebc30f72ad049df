-- What by-parcel lines of the rolls say was taken from a household in an agreement (several lines add up).
CREATE OR REPLACE TEMP TABLE taking AS
SELECT p.agreement_key, p.household_id, sum(p.area_umu)::BIGINT AS taken
FROM paper.payouts AS p
JOIN agreement USING (agreement_key)
WHERE p.state = 'kept' AND p.basis = 'by_parcel' AND p.area_umu > 0
GROUP BY ALL;
