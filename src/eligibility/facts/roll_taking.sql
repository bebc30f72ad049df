-- roll_taking: area taken from a household in an agreement by by-parcel lines of the roll (several lines add up). A line counts
-- if its roll does not exceed the agreement, the papers of the household are consistent with it, no area of another line of it
-- there could not be read (-4.00 takes another back), and, unless the roll adds up to the agreement, the line occurs only once.
CREATE OR REPLACE TEMP TABLE roll_taking AS
SELECT l.agreement_key, l.household_id, sum(l.area_umu)::BIGINT AS taken
FROM roll_line AS l
JOIN agreement AS a USING (agreement_key)
WHERE NOT a.roll_doubtful AND NOT l.exceeds_papers AND NOT l.in_other_place AND (a.totals_match OR l.repetitions = 1)
    AND (l.agreement_key, l.household_id) NOT IN (SELECT (u.agreement_key, u.household_id) FROM place.unread_lines AS u)
GROUP BY household_id, agreement_key;

-- titled: households of which some certificate or ledger tells, readable or not.
CREATE OR REPLACE TEMP TABLE titled AS
SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL
UNION SELECT household_id FROM paper.contract_ledger WHERE household_id IS NOT NULL;

-- possibly_divided: a roll takes land from a household without papers of land; the contract may belong to another household of
-- its group from which it was divided (分户). `area`: at most these lines for a household that has lines of its own on the roll;
-- NULL for one that has none, of which any part may have been entered under the other.
-- Example: the certificate of a divided household has 3.15 亩; the roll takes 0.89 from the old household and 0.90 from the new
-- one, which has no certificate → of the 3.15 亩 up to 1.79 went.
CREATE OR REPLACE TEMP TABLE possibly_divided AS
WITH untitled_line AS (
    SELECT l.agreement_key, taker.community_key, taker.group_key, sum(l.area_umu + l.half_unit)::BIGINT AS area
    FROM roll_line AS l JOIN household AS taker USING (household_id)
    WHERE l.household_id NOT IN (FROM titled)
    GROUP BY ALL
),
own_line AS (SELECT DISTINCT agreement_key, household_id FROM paper.payouts WHERE household_id IS NOT NULL)
SELECT h.household_id, u.agreement_key, CASE WHEN own_line.household_id IS NOT NULL THEN u.area END AS area
FROM untitled_line AS u
JOIN household AS h ON h.community_key = u.community_key AND h.group_key = u.group_key
LEFT JOIN own_line ON own_line.household_id = h.household_id AND own_line.agreement_key = u.agreement_key
WHERE h.household_id IN (FROM titled);

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
-- papers that was divided from them (divided), or of an unknown household with a similar number (place.similar). Up to `area`,
-- or the whole area of the agreement, may be theirs, whatever its roll leaves.
CREATE OR REPLACE TEMP TABLE line_of_other_household AS
SELECT household_id, agreement_key, bool_and(possibly_divided) AS possibly_divided,
    CASE WHEN bool_and(area IS NOT NULL) THEN max(area) END AS area
FROM (
    SELECT household_id, agreement_key, area, TRUE AS possibly_divided FROM possibly_divided
    UNION ALL
    SELECT household_id, agreement_key, NULL, FALSE FROM place.similar
)
GROUP BY household_id, agreement_key;
