-- roll_taking: area taken from a household in an agreement by by-parcel lines of the roll (several lines add up). A line counts
-- if its roll does not exceed the agreement, the papers of the household are consistent with it, and, unless the roll adds up to
-- the agreement, the line occurs only once.
CREATE OR REPLACE TEMP TABLE roll_taking AS
SELECT l.agreement_key, l.household_id, sum(l.area_umu)::BIGINT AS taken
FROM roll_line AS l
JOIN agreement AS a USING (agreement_key)
WHERE NOT a.roll_doubtful AND NOT l.exceeds_papers AND NOT l.in_other_place AND (a.totals_match OR l.repetitions = 1)
GROUP BY household_id, agreement_key;

-- possibly_divided: a roll takes land from a household without papers of land; the contract may belong to another household of
-- its group from which it was divided (分户), and which is not on that roll.
CREATE OR REPLACE TEMP TABLE possibly_divided AS
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

-- possible_taking: households of which something may have been taken although no line that counts shows it: their line does not
-- count, or is not by parcel.
CREATE OR REPLACE TEMP TABLE possible_taking AS
SELECT l.household_id, l.agreement_key
FROM roll_line AS l JOIN agreement AS a USING (agreement_key)
WHERE a.roll_doubtful OR l.exceeds_papers OR l.in_other_place OR (NOT a.totals_match AND l.repetitions > 1)
UNION
SELECT household_id, agreement_key
FROM paper.payouts
WHERE household_id IS NOT NULL
  AND (state = 'lost' OR (state = 'kept' AND (basis IS DISTINCT FROM 'by_parcel' OR area_umu IS NULL)));

-- line_of_other_household: households whose land may have been taken by the line of another one: by that of a household without
-- papers that was divided from them (divided), or of an unknown household with a similar number (place.similar). Up to the whole
-- area of the agreement may be theirs, whatever its roll leaves.
CREATE OR REPLACE TEMP TABLE line_of_other_household AS
SELECT household_id, agreement_key, bool_and(possibly_divided) AS possibly_divided
FROM (
    SELECT household_id, agreement_key, TRUE AS possibly_divided FROM possibly_divided
    UNION ALL
    SELECT household_id, agreement_key, FALSE FROM place.similar
)
GROUP BY household_id, agreement_key;
