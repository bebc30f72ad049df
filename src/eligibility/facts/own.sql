-- Own contracted farmland of a household as a range (NULL: unbounded), the days d_lo … d_hi of the paper that gives it
-- (0001-01-01: no paper, so every taking comes after), and which paper: certificate, ledger, or none. A household to
-- which the others leave nothing is not known, not landless: it may be misread, or the total may.
CREATE OR REPLACE TEMP TABLE own AS
WITH titled AS (
    SELECT household_id,
           bool_or(standing = 'in') AS certain,
           bool_and(area_hi IS NOT NULL) AS readable,
           any_value(certified.lo) AS lo,
           sum(area_hi)::BIGINT AS hi,
           sum(half)::BIGINT AS half,
           min(issued_lo) AS d_lo, max(issued_hi) AS d_hi
    FROM certificate JOIN certified USING (household_id)
    WHERE standing <> 'out'
    GROUP BY household_id
),
ledger AS (
    SELECT household_id,
           bool_and(area_umu > 0 AND contract_from_hi <> DATE '9999-12-31') AS readable,
           min(area_umu) AS lo, sum(area_umu)::BIGINT AS hi,
           min(contract_from_lo) AS d_lo, max(contract_from_hi) AS d_hi
    FROM paper.contract_ledger
    WHERE state = 'kept' AND confirmed_by IN ('agriculture', 'community') AND contract_from_lo <= getvariable('as_of')
    GROUP BY household_id
),
lost AS (
    SELECT household_id FROM paper.title_certificates WHERE state = 'lost' AND household_id IS NOT NULL
),
lost_ledger AS (
    SELECT household_id FROM paper.contract_ledger WHERE state = 'lost' AND household_id IS NOT NULL
),
lines AS (SELECT household_id, sum(taken)::BIGINT AS taken FROM touching GROUP BY household_id),
held AS (SELECT household_id, held AS area_umu FROM certified),
-- what a household held at least, by its certificates, else its confirmed ledger, and never less than its lines
floor AS (
    SELECT
        h.household_id, h.community_key, h.group_key,
        greatest(
            CASE WHEN titled.household_id IS NOT NULL THEN coalesce(held.area_umu, 0) WHEN ledger.readable THEN ledger.lo ELSE 0 END,
            coalesce(lines.taken, 0)
        ) AS area_umu
    FROM household AS h
    LEFT JOIN titled USING (household_id)
    LEFT JOIN held USING (household_id)
    LEFT JOIN ledger USING (household_id)
    LEFT JOIN lines USING (household_id)
),
floor_of_group AS (SELECT community_key, group_key, sum(area_umu)::BIGINT AS area_umu FROM floor GROUP BY ALL),
chosen AS (
    SELECT
        h.household_id,
        CASE
            WHEN h.household_id IN (SELECT household_id FROM lost) OR h.household_id IN (SELECT household_id FROM doubted_paper)
                THEN 'none'
            WHEN titled.household_id IS NOT NULL THEN CASE WHEN certain AND titled.readable THEN 'certificate' ELSE 'none' END
            WHEN ledger.readable AND h.household_id NOT IN (SELECT household_id FROM lost_ledger) THEN 'ledger'
            ELSE 'none'
        END AS paper,
        titled.lo AS c_lo, titled.hi AS c_hi, titled.half, titled.d_lo AS c_from, titled.d_hi AS c_to,
        ledger.lo AS l_lo, ledger.hi AS l_hi, ledger.d_lo AS l_from, ledger.d_hi AS l_to,
        coalesce(lines.taken, 0) AS taken,
        g.total - (floor_of_group.area_umu - floor.area_umu) AS ceiling
    FROM household AS h
    LEFT JOIN titled USING (household_id)
    LEFT JOIN ledger USING (household_id)
    LEFT JOIN lines USING (household_id)
    JOIN floor USING (household_id)
    LEFT JOIN floor_of_group ON floor_of_group.community_key = h.community_key AND floor_of_group.group_key = h.group_key
    LEFT JOIN group_total AS g ON g.community_key = h.community_key AND g.group_key = h.group_key
)
SELECT
    household_id, paper,
    CASE paper WHEN 'certificate' THEN c_lo WHEN 'ledger' THEN l_lo ELSE taken END AS own_lo,
    CASE paper
        WHEN 'certificate' THEN c_hi WHEN 'ledger' THEN l_hi ELSE CASE WHEN ceiling >= taken AND ceiling > 0 THEN ceiling END
    END AS own_hi,
    -- a certificate that only repeats an older confirmed ledger may be no newer than that ledger
    CASE paper
        WHEN 'certificate' THEN CASE WHEN abs(l_hi - c_hi) <= half AND l_from < c_to THEN least(c_from, l_from) ELSE c_from END
        WHEN 'ledger' THEN l_from
        ELSE DATE '0001-01-01'
    END AS d_lo,
    CASE paper WHEN 'certificate' THEN c_to WHEN 'ledger' THEN l_to ELSE DATE '0001-01-01' END AS d_hi
FROM chosen;
