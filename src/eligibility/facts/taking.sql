-- What by-parcel lines of the rolls say was taken from a household in an agreement (several lines add up). A line counts
-- while its roll fits the agreement, the paper of the household bears it, and, where the roll does not add up to the agreement, it
-- stands there once. suspect: households of which something may have been taken though no line that counts says so: their line does not
-- count, is no by-parcel one.
CREATE OR REPLACE TEMP TABLE taking AS
SELECT l.agreement_key, l.household_id, sum(l.area_umu)::BIGINT AS taken
FROM roll_line AS l
JOIN agreement AS a USING (agreement_key)
WHERE NOT a.doubted AND NOT l.overdrawn AND NOT l.elsewhere AND (a.closes OR l.copies = 1)
GROUP BY household_id, agreement_key;

-- divided: a roll takes land from a household that has no paper of land; the contract may be that of a household of its group from
-- which it was divided (分户), and which does not stand on that roll.
CREATE OR REPLACE TEMP TABLE divided AS
WITH titled AS (
    SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL
    UNION SELECT household_id FROM paper.contract_ledger WHERE household_id IS NOT NULL
)
SELECT DISTINCT h.household_id, l.agreement_key
FROM roll_line AS l
JOIN household AS taker USING (household_id)
JOIN household AS h ON h.community_key = taker.community_key AND h.group_key = taker.group_key
WHERE l.household_id NOT IN (FROM titled) AND h.household_id IN (FROM titled)
  AND NOT EXISTS (FROM paper.payouts AS p WHERE p.agreement_key = l.agreement_key AND p.household_id = h.household_id);

CREATE OR REPLACE TEMP TABLE suspect AS
SELECT l.household_id, l.agreement_key
FROM roll_line AS l JOIN agreement AS a USING (agreement_key)
WHERE a.doubted OR l.overdrawn OR l.elsewhere OR (NOT a.closes AND l.copies > 1)
UNION
SELECT household_id, agreement_key
FROM paper.payouts
WHERE household_id IS NOT NULL
  AND (state = 'lost' OR (state = 'kept' AND (basis IS DISTINCT FROM 'by_parcel' OR area_umu IS NULL)));

-- another_line: households whose land may have gone by the line of another: one without papers that was divided from them (divided), or one
-- that nobody knows, with a number much like theirs (place.similar). So much of the agreement may be theirs, whatever its roll leaves over.
CREATE OR REPLACE TEMP TABLE another_line AS
SELECT household_id, agreement_key, bool_and(divided) AS divided
FROM (
    SELECT household_id, agreement_key, TRUE AS divided FROM divided
    UNION ALL
    SELECT household_id, agreement_key, FALSE FROM place.similar
)
GROUP BY household_id, agreement_key;
