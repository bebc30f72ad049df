-- paper_area: what the paper that gives a household's own land shows (certificates, else confirmed ledger), and its last day; only
-- where all of it was read.
-- Example: two certificates of 2005 over 5.10 and 0.40 亩 → 5.50 亩, 2005-06-01.
CREATE OR REPLACE TEMP TABLE paper_area AS
WITH certificate_area AS (
    SELECT household_id, bool_and(state <> 'lost' AND area_umu > 0) AS readable, sum(area_umu)::BIGINT AS area_umu,
           sum(area_half_umu)::BIGINT AS half, max(issued_on_hi) AS last_day
    FROM paper.title_certificates WHERE household_id IS NOT NULL GROUP BY household_id
),
ledger_area AS (
    SELECT household_id, bool_and(state <> 'lost' AND area_umu > 0) AS readable, sum(area_umu)::BIGINT AS area_umu,
           sum(area_half_umu)::BIGINT AS half, max(contract_from_hi) AS last_day
    FROM paper.contract_ledger
    WHERE household_id IS NOT NULL AND confirmed_by IN ('agriculture', 'community') GROUP BY household_id
)
SELECT
    household_id, coalesce(c.area_umu, l.area_umu) AS area_umu, coalesce(c.half, l.half) AS half,
    coalesce(c.last_day, l.last_day) AS last_day, c.area_umu AS certified, l.area_umu AS ledger
FROM certificate_area AS c FULL JOIN ledger_area AS l USING (household_id)
WHERE coalesce(c.readable, TRUE) AND coalesce(l.readable, TRUE);

-- roll_line: lines of by-parcel rolls of agreements that may have taken farmland. overdrawn: the lines of the household from
-- agreements signed after its papers add up to more than those show, so that line or paper is wrong; copies: how often the
-- same line stands on the roll; elsewhere: the household stands in another place than the agreement.
CREATE OR REPLACE TEMP TABLE roll_line AS
WITH signed AS (
    SELECT agreement_key, min(signed_on_lo) AS signed_from
    FROM paper.agreements
    WHERE state = 'kept' AND (kind IN ('expropriation', 'reserve') OR kind IS NULL)
        AND (land_class IN ('basic_farmland', 'farmland') OR land_class IS NULL)
    GROUP BY agreement_key
),
line AS (
    SELECT p.row_id, p.agreement_key, p.household_id, p.area_umu, coalesce(p.area_half_umu, 0) AS half, signed_from,
           count(*) OVER (PARTITION BY p.agreement_key, p.household_id, p.area_umu, p.amount_fen) AS copies
    FROM paper.payouts AS p JOIN signed USING (agreement_key)
    WHERE p.state = 'kept' AND p.basis = 'by_parcel' AND p.area_umu > 0
),
overdrawn AS (
    SELECT household_id
    FROM line JOIN paper_area AS a USING (household_id)
    WHERE signed_from >= a.last_day
    GROUP BY household_id, a.area_umu, a.half
    HAVING sum(line.area_umu) > a.area_umu + a.half + sum(line.half) + 5000
)
SELECT
    line.*, household_id IN (SELECT household_id FROM overdrawn) AS overdrawn, signed_from >= a.last_day AS comparable,
    row_id IN (SELECT row_id FROM place.lines WHERE cause = 'elsewhere') AS elsewhere
FROM line LEFT JOIN paper_area AS a USING (household_id);

-- doubted_paper: households whose certificates or ledger are contradicted: by lines that exceed them; because they stand on a sheet of which that holds for
-- two households and for half of those that can be compared (a wrong unit); or because certificate and ledger differ as two units do.
CREATE OR REPLACE TEMP TABLE doubted_paper AS
WITH compared AS (
    SELECT household_id, bool_or(overdrawn) AS overdrawn FROM roll_line WHERE comparable GROUP BY household_id
),
sheet AS (
    SELECT DISTINCT household_id, 'title_certificates' AS table_name, source FROM paper.title_certificates WHERE household_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT household_id, 'contract_ledger', source FROM paper.contract_ledger
    WHERE household_id NOT IN (SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL)
),
slipped AS (
    SELECT table_name, source FROM sheet JOIN compared USING (household_id)
    GROUP BY table_name, source HAVING count(*) FILTER (overdrawn) >= 2 AND 2 * count(*) FILTER (overdrawn) >= count(*)
)
SELECT household_id FROM compared WHERE overdrawn
UNION SELECT household_id FROM sheet JOIN slipped USING (table_name, source)
UNION SELECT household_id FROM paper_area
WHERE certified > 0 AND ledger > 0
    AND (abs(certified * 15 - ledger) <= ledger // 100 OR abs(ledger * 15 - certified) <= certified // 100
        OR abs(certified - ledger * 2000 // 3) <= certified // 100 OR abs(ledger - certified * 2000 // 3) <= ledger // 100
        OR certified = ledger * 10 OR ledger = certified * 10);
