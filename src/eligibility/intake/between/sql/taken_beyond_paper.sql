-- Households from which by-parcel lines take more than their certificates or ledger show, by agreements signed after them.
WITH signed AS (
    SELECT agreement_key, min(signed_on_lo) AS signed_from FROM paper.agreements WHERE state = 'kept' GROUP BY agreement_key
),
shown AS (
    SELECT
        household_id, max(area) AS area, max(half) AS half, max(last_day) AS last_day, arg_max(source, area) AS source, arg_max("row", area) AS "row"
    FROM (
        SELECT household_id, sum(area_umu) AS area, sum(area_half_umu) AS half, max(issued_on_hi) AS last_day, arg_min(source, row_id) AS source, arg_min("row", row_id) AS "row"
        FROM paper.title_certificates GROUP BY household_id HAVING bool_and(state <> 'lost' AND area_umu > 0)
        UNION ALL
        SELECT household_id, sum(area_umu), sum(area_half_umu), max(contract_from_hi), arg_min(source, row_id), arg_min("row", row_id)
        FROM paper.contract_ledger
        WHERE household_id NOT IN (SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL)
        GROUP BY household_id HAVING bool_and(state <> 'lost' AND area_umu > 0)
    )
    WHERE household_id IS NOT NULL
    GROUP BY household_id
),
taken AS (
    SELECT p.household_id, min(p.row_id) AS row_id, sum(p.area_umu) AS area, sum(p.area_half_umu) AS half
    FROM paper.payouts AS p JOIN signed USING (agreement_key) JOIN shown USING (household_id)
    WHERE p.state = 'kept' AND p.basis = 'by_parcel' AND p.area_umu > 0 AND signed.signed_from >= shown.last_day
    GROUP BY p.household_id
)
SELECT
    'payouts', t.row_id, 2, 'area_mu', t.household_id, 'taken_beyond_paper', intake.mu(s.area::BIGINT), FALSE, s.source, s."row"
FROM taken AS t JOIN shown AS s USING (household_id)
WHERE t.area > s.area + s.half + t.half + 5000
