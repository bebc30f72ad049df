-- hang, continued: what hangs on the papers of the household itself, on lost rows, and on the persons who may be its heads.
-- Days before the start are left out of account: land approved then is asked about by itself.
INSERT INTO hang
WITH home AS (SELECT * FROM fact.households WHERE household_id IN (SELECT household_id FROM asked)),
ledger AS (
    SELECT DISTINCT household_id
    FROM paper.contract_ledger
    WHERE state = 'kept' AND confirmed_by IN ('agriculture', 'community') AND contract_from_lo <= getvariable('as_of')
),
either_order AS (
    SELECT DISTINCT household_id FROM asked_touch WHERE fully_covered AND approved_from = approved_to AND NOT after_title AND NOT before_title
)
SELECT
    household_id, unnest([o.own, o.title]) AS strand,
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
    FROM home
) AS o
UNION ALL
-- one question for one cause of an open list of agreements; of several files that were not read each is asked about
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
WHERE cause <> 'unread' AND household_id IN (SELECT household_id FROM home)
UNION ALL
SELECT household_id, 'listing', 'unread', u.file
FROM fact.unbounded_households AS o
JOIN paper.unread AS u ON u.community_key IS NULL OR u.community_key = o.community_key
WHERE cause = 'unread' AND household_id IN (SELECT household_id FROM home)
UNION ALL
SELECT household_id, 'heads', 'household_roll', household_id FROM home WHERE extra_rows > 0
UNION ALL
SELECT household_id, 'heads', 'lost_persons', concat_ws(' ', community_key, group_key) FROM home WHERE unplaced_rows > 0
UNION ALL
SELECT home.household_id, 'heads', topic, person.resident_id
FROM home
JOIN uncertain ON uncertain.listed_household = home.household_id
JOIN paper.persons AS person USING (row_id)
WHERE approval_date_to IS NOT NULL
UNION ALL
SELECT DISTINCT home.household_id, 'heads', 'list_death', 'deceased_on'
FROM home JOIN fact.members AS m ON m.listed_household = home.household_id
WHERE m.certain_to < m.certain_to_if_alive;
DELETE FROM hang WHERE strand IS NULL;
