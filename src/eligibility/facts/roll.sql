-- paper_area: the area in the papers of a household's own land (certificates, else confirmed ledger) and their last date; only
-- if all of them could be read.
-- Example: two certificates of 2005 over 5.10 and 0.40 亩 → 5.50 亩, 2005-06-01.
CREATE OR REPLACE TEMP TABLE paper_area AS
WITH certificate_area AS (
    SELECT household_id, bool_and(state <> 'lost' AND area_umu > 0) AS readable, sum(area_umu)::BIGINT AS area_umu,
           sum(area_half_umu)::BIGINT AS half_unit, max(issued_on_hi) AS last_day
    FROM paper.title_certificates WHERE household_id IS NOT NULL GROUP BY household_id
),
ledger_area AS (
    SELECT household_id, bool_and(state <> 'lost' AND area_umu > 0) AS readable, sum(area_umu)::BIGINT AS area_umu,
           sum(area_half_umu)::BIGINT AS half_unit, max(contract_from_hi) AS last_day
    FROM paper.contract_ledger
    WHERE household_id IS NOT NULL AND confirmed_by IN ('agriculture', 'community') GROUP BY household_id
)
SELECT
    household_id, coalesce(c.area_umu, l.area_umu) AS area_umu, coalesce(c.half_unit, l.half_unit) AS half_unit,
    coalesce(c.last_day, l.last_day) AS last_day, c.area_umu AS certificate_total, l.area_umu AS ledger_total
FROM certificate_area AS c FULL JOIN ledger_area AS l USING (household_id)
WHERE coalesce(c.readable, TRUE) AND coalesce(l.readable, TRUE);

-- roll_line: by-parcel lines of agreements that may have taken farmland. exceeds_papers: the lines of the household from
-- agreements signed after its papers exceed those papers, so that line or paper is wrong; repetitions: number of equal lines on
-- the roll; in_other_place: the household is in another place than the agreement.
CREATE OR REPLACE TEMP TABLE roll_line AS
WITH signed AS (
    SELECT agreement_key, min(signed_on_lo) AS signed_from
    FROM paper.agreements
    WHERE state = 'kept' AND (kind IN ('expropriation', 'reserve') OR kind IS NULL)
        AND (land_class IN ('basic_farmland', 'farmland') OR land_class IS NULL)
    GROUP BY agreement_key
),
line AS (
    SELECT p.row_id, p.agreement_key, p.household_id, p.area_umu, coalesce(p.area_half_umu, 0) AS half_unit, signed_from,
           count(*) OVER (PARTITION BY p.agreement_key, p.household_id, p.area_umu, p.amount_fen) AS repetitions
    FROM paper.payouts AS p JOIN signed USING (agreement_key)
    WHERE p.state = 'kept' AND p.basis = 'by_parcel' AND p.area_umu > 0
),
exceeds_papers AS (
    SELECT household_id
    FROM line JOIN paper_area AS a USING (household_id)
    WHERE signed_from >= a.last_day
    GROUP BY household_id, a.area_umu, a.half_unit
    HAVING sum(line.area_umu) > a.area_umu + a.half_unit + sum(line.half_unit) + 5000
)
SELECT
    line.*, household_id IN (SELECT household_id FROM exceeds_papers) AS exceeds_papers, signed_from >= a.last_day AS comparable,
    row_id IN (SELECT row_id FROM place.lines WHERE cause = 'elsewhere') AS in_other_place
FROM line LEFT JOIN paper_area AS a USING (household_id);

-- contradicted_papers: households whose certificates or ledger are contradicted: by lines that exceed them; because this holds
-- for at least two households of their sheet and half of the comparable ones (a wrong unit); because their areas are of another
-- scale than the totals of groups, or than 亩 can be; or because certificate and ledger have the ratio of two units.
CREATE OR REPLACE TEMP TABLE contradicted_papers AS
WITH compared AS (
    SELECT household_id, bool_or(exceeds_papers) AS exceeds_papers FROM roll_line WHERE comparable GROUP BY household_id
),
sheet AS (
    SELECT DISTINCT household_id, 'title_certificates' AS table_name, source FROM paper.title_certificates WHERE household_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT household_id, 'contract_ledger', source FROM paper.contract_ledger
    WHERE household_id NOT IN (SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL)
),
slipped AS (
    SELECT table_name, source FROM sheet JOIN compared USING (household_id)
    GROUP BY table_name, source HAVING count(*) FILTER (exceeds_papers) >= 2 AND 2 * count(*) FILTER (exceeds_papers) >= count(*)
)
SELECT household_id FROM compared WHERE exceeds_papers
UNION SELECT household_id FROM sheet JOIN slipped USING (table_name, source)
UNION SELECT household_id FROM sheet JOIN place.out_of_scale USING (table_name, source, household_id)
UNION SELECT household_id FROM paper_area
WHERE certificate_total > 0 AND ledger_total > 0
    AND (abs(certificate_total * 15 - ledger_total) <= ledger_total // 100
        OR abs(ledger_total * 15 - certificate_total) <= certificate_total // 100
        OR abs(certificate_total - ledger_total * 2000 // 3) <= certificate_total // 100
            OR abs(ledger_total - certificate_total * 2000 // 3) <= ledger_total // 100
        OR certificate_total = ledger_total * 10 OR ledger_total = certificate_total * 10);
