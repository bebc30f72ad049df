-- printed_area: the areas that the kept papers of households print.
CREATE OR REPLACE TEMP TABLE printed_area AS
SELECT 'payouts' AS table_name, source, household_id, area_umu, area_half_umu FROM paper.payouts WHERE state = 'kept'
UNION ALL
SELECT 'title_certificates', source, household_id, area_umu, area_half_umu FROM paper.title_certificates WHERE state = 'kept'
UNION ALL
SELECT 'contract_ledger', source, household_id, area_umu, area_half_umu FROM paper.contract_ledger WHERE state = 'kept';

-- coarse_sheet: sheets whose areas were printed to the tenth of a 亩, or more coarsely: at least five different areas, each a
-- whole number of tenths. half_umu: each may be off by half of the finest digit printed there. One figure such as 1.5 says
-- nothing: a spreadsheet drops the last zero of 1.50, but not of five different areas.
-- Example: a roll with 2.0, 1.6, 2.6, 2.8 and 1.0 亩; the last may be 1.02 亩, and then just 0.30 亩 a head are left, not 0.305.
CREATE OR REPLACE TEMP TABLE coarse_sheet AS
WITH printed AS (
    SELECT table_name, source, area_umu, area_half_umu AS half_umu FROM printed_area
    UNION ALL
    SELECT 'agreements', source, area_umu, area_half_umu FROM paper.agreements WHERE state = 'kept'
    UNION ALL
    SELECT 'groups', source, contracted_umu, contracted_half_umu FROM paper.groups WHERE state = 'kept'
)
SELECT table_name, source, min(half_umu)::BIGINT AS half_umu
FROM printed
WHERE area_umu > 0 AND half_umu > 0
GROUP BY ALL
HAVING count(DISTINCT area_umu) >= 5 AND bool_and(area_umu % 100000 = 0) AND min(half_umu) > 5000;
