-- What by-parcel lines of the rolls say was taken from a household in an agreement (several lines add up). A line counts
-- while its roll fits the agreement, the paper of the household bears it, and, where the roll does not add up to the agreement, it
-- stands there once. suspect: households of which something may have been taken though no line that counts says so: their line does not
-- count, is no by-parcel one, or bears a number much like theirs.
CREATE OR REPLACE TEMP TABLE taking AS
SELECT l.agreement_key, l.household_id, sum(l.area_umu)::BIGINT AS taken
FROM roll_line AS l
JOIN agreement AS a USING (agreement_key)
WHERE NOT a.doubted AND NOT l.overdrawn AND NOT l.elsewhere AND (a.closes OR l.copies = 1)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE suspect AS
SELECT l.household_id, l.agreement_key
FROM roll_line AS l JOIN agreement AS a USING (agreement_key)
WHERE a.doubted OR l.overdrawn OR l.elsewhere OR (NOT a.closes AND l.copies > 1)
UNION
SELECT household_id, agreement_key FROM place.similar
UNION
SELECT household_id, agreement_key
FROM paper.payouts
WHERE household_id IS NOT NULL
  AND (state = 'lost' OR (state = 'kept' AND (basis IS DISTINCT FROM 'by_parcel' OR area_umu IS NULL)));
