-- open_points, continued: points that depend on the papers of the household itself, on rejected rows, and on the persons who may
-- be its heads. Days before the start date are ignored: land approved in that time has a question of its own.
INSERT INTO open_points
WITH review_household AS (SELECT * FROM fact.households WHERE household_id IN (SELECT household_id FROM review_persons)),
ledger AS (
    SELECT DISTINCT household_id
    FROM paper.contract_ledger
    WHERE state = 'kept' AND confirmed_by IN ('agriculture', 'community') AND contract_from_lo <= getvariable('as_of')
),
either_order AS (
    SELECT DISTINCT household_id FROM review_agreements WHERE fully_covered AND approved_from = approved_to AND NOT after_title AND NOT before_title
)
SELECT
    household_id, unnest([o.own, o.title]) AS issue_type,
    CASE
        WHEN household_id IN (SELECT household_id FROM ledger) THEN 'certificate_for_ledger'
        WHEN household_id IN (SELECT household_id FROM fact.unbounded_households WHERE cause = 'apart') THEN 'apart'
        ELSE 'certificate'
    END,
    household_id
FROM (
    SELECT
        household_id,
        CASE
            WHEN paper = 'none' OR own_area_min IS DISTINCT FROM own_area_max OR household_id IN (SELECT household_id FROM either_order)
            THEN 'own'
        END AS own,
        CASE WHEN NOT titled THEN 'title' END AS title
    FROM review_household
) AS o
UNION ALL
SELECT household_id, 'own', 'printed_area', household_id FROM review_household WHERE coarse_umu > 0
UNION ALL
-- one question per cause of an incomplete list of agreements; one per file that was not read
SELECT
    household_id, 'listing',
    CASE
        WHEN cause IN ('unlisted', 'misplaced', 'place', 'apart') THEN cause
        WHEN agreement_key IS NOT NULL THEN 'lost_agreement'
        ELSE 'lost_in_group'
    END,
    CASE
        WHEN cause IN ('place', 'apart') THEN household_id
        WHEN agreement_key IS NULL THEN concat_ws(' ', community_key, group_key)
        ELSE agreement_key
    END
FROM fact.unbounded_households
WHERE cause <> 'unread' AND household_id IN (SELECT household_id FROM review_household)
UNION ALL
SELECT household_id, 'listing', 'unread', u.file
FROM fact.unbounded_households AS o
JOIN paper.unread AS u ON u.community_key IS NULL OR u.community_key = o.community_key
WHERE cause = 'unread' AND household_id IN (SELECT household_id FROM review_household)
UNION ALL
SELECT household_id, 'heads', 'household_roll', household_id FROM review_household WHERE extra_rows > 0
UNION ALL
SELECT household_id, 'heads', 'lost_persons', concat_ws(' ', community_key, group_key) FROM review_household WHERE unplaced_rows > 0
UNION ALL
SELECT review_household.household_id, 'heads', topic, person.resident_id
FROM review_household
JOIN uncertain_members ON uncertain_members.listed_household = review_household.household_id
JOIN paper.persons AS person USING (row_id)
WHERE approval_date_to IS NOT NULL
UNION ALL
SELECT DISTINCT review_household.household_id, 'heads', 'list_death', 'deceased_on'
FROM review_household JOIN fact.members AS m ON m.listed_household = review_household.household_id
WHERE m.certain_to < m.certain_to_if_alive;
DELETE FROM open_points WHERE issue_type IS NULL;
