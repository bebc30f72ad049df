-- Own contracted farmland of each household as a range, the possible dates of the paper that documents it (title_date_from,
-- title_date_to; 0001-01-01 without paper, so that every taking comes after it), and which paper: certificate, ledger, or none.
-- If the other households hold the whole total of the group, the area is unknown, not zero: a paper or the total may be misread.
CREATE OR REPLACE TEMP TABLE own_land AS
WITH titled AS (
    SELECT household_id,
           bool_or(validity = 'valid') AS certain,
           bool_and(area_max IS NOT NULL) AS readable,
           any_value(certified_area.area_min) AS area_min,
           sum(area_max)::BIGINT AS area_max,
           sum(half_unit)::BIGINT AS half_unit,
           min(issued_from) AS title_date_from, max(issued_to) AS title_date_to
    FROM certificate JOIN certified_area USING (household_id)
    WHERE validity <> 'withdrawn'
    GROUP BY household_id
),
ledger AS (
    SELECT household_id,
           bool_and(area_umu > 0 AND contract_from_hi <> DATE '9999-12-31') AS readable,
           min(area_umu) AS area_min, sum(area_umu)::BIGINT AS area_max,
           min(contract_from_lo) AS title_date_from, max(contract_from_hi) AS title_date_to
    FROM paper.contract_ledger
    WHERE state = 'kept' AND confirmed_by IN ('agriculture', 'community') AND contract_from_lo <= getvariable('as_of')
    GROUP BY household_id
),
rejected_certificate AS (
    SELECT household_id FROM paper.title_certificates WHERE state = 'lost' AND household_id IS NOT NULL
),
rejected_ledger AS (
    SELECT household_id FROM paper.contract_ledger WHERE state = 'lost' AND household_id IS NOT NULL
),
lines AS (SELECT household_id, sum(taken)::BIGINT AS taken FROM candidate_agreements GROUP BY household_id),
certified_holding AS (SELECT household_id, certified_holding AS area_umu FROM certified_area),
-- minimum area of a household by its certificates, else its confirmed ledger, and never less than its roll lines
minimum_area AS (
    SELECT
        h.household_id, h.community_key, h.group_key,
        greatest(
            CASE WHEN titled.household_id IS NOT NULL THEN coalesce(certified_holding.area_umu, 0) WHEN ledger.readable
                THEN ledger.area_min ELSE 0 END,
            coalesce(lines.taken, 0)
        ) AS area_umu
    FROM household AS h
    LEFT JOIN titled USING (household_id)
    LEFT JOIN certified_holding USING (household_id)
    LEFT JOIN ledger USING (household_id)
    LEFT JOIN lines USING (household_id)
),
minimum_of_group AS (SELECT community_key, group_key, sum(area_umu)::BIGINT AS area_umu FROM minimum_area GROUP BY ALL),
chosen AS (
    SELECT
        h.household_id,
        CASE
            WHEN h.household_id IN (SELECT household_id FROM rejected_certificate) OR h.household_id IN (SELECT household_id
                FROM contradicted_papers)
                THEN 'none'
            WHEN titled.household_id IS NOT NULL THEN CASE WHEN certain AND titled.readable THEN 'certificate' ELSE 'none' END
            WHEN ledger.readable AND h.household_id NOT IN (SELECT household_id FROM rejected_ledger) THEN 'ledger'
            ELSE 'none'
        END AS paper,
        titled.area_min AS certificate_min, titled.area_max AS certificate_max, titled.half_unit,
            titled.title_date_from AS certificate_from, titled.title_date_to AS certificate_to,
        ledger.area_min AS ledger_min, ledger.area_max AS ledger_max, ledger.title_date_from AS ledger_from,
            ledger.title_date_to AS ledger_to,
        coalesce(lines.taken, 0) AS taken,
        g.total - (minimum_of_group.area_umu - minimum_area.area_umu) AS ceiling
    FROM household AS h
    LEFT JOIN titled USING (household_id)
    LEFT JOIN ledger USING (household_id)
    LEFT JOIN lines USING (household_id)
    JOIN minimum_area USING (household_id)
    LEFT JOIN minimum_of_group ON minimum_of_group.community_key = h.community_key AND minimum_of_group.group_key = h.group_key
    LEFT JOIN group_total AS g ON g.community_key = h.community_key AND g.group_key = h.group_key
)
SELECT
    household_id, paper,
    CASE paper WHEN 'certificate' THEN certificate_min WHEN 'ledger' THEN ledger_min ELSE taken END AS own_area_min,
    CASE paper
        WHEN 'certificate' THEN certificate_max WHEN 'ledger' THEN ledger_max ELSE CASE WHEN ceiling >= taken AND ceiling > 0
            THEN ceiling END
    END AS own_area_max,
    -- a certificate that only repeats an older confirmed ledger may document the state at the date of that ledger
    CASE paper
        WHEN 'certificate' THEN CASE WHEN abs(ledger_max - certificate_max) <= half_unit AND ledger_from < certificate_to
            THEN least(certificate_from, ledger_from) ELSE certificate_from END
        WHEN 'ledger' THEN ledger_from
        ELSE DATE '0001-01-01'
    END AS title_date_from,
    CASE paper WHEN 'certificate' THEN certificate_to WHEN 'ledger' THEN ledger_to ELSE DATE '0001-01-01' END AS title_date_to
FROM chosen;
