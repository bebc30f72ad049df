-- place.lines: lines of rolls that may not be of the household whose number they bear: 'elsewhere' where it stands in another
-- place than the agreement, 'nobody' where no paper else knows the number. place.similar: households of the place of the
-- agreement that stand on its roll nowhere and whose number differs from that of such a line by one slip, or has the same digits
-- at its end: H36, 36 and 36.0; CG1000101006 and 006. A payee (领款人, with name or id) who is in no household, or in two, is paid
-- for any household of the place that has a person of that name or id, and where none has, for any at all. So is a number of a
-- form that no household has anywhere: H1/H4, 5.3E+17, H1（代领）. place.rolled: other
-- places of which an agreement that may have taken farmland may be, because at least two households of them stand on its roll,
-- or one and nobody of its own place: not a slip in one number, but a wrong group on the agreement.
CREATE OR REPLACE TEMP MACRO digits_of(number) AS nullif(regexp_replace(regexp_replace(number, '\.0+$', ''), '[^0-9]|^0+', '', 'g'), '');
CREATE OR REPLACE TEMP TABLE signed_row AS
SELECT
    agreement_key, coalesce(c.community_key, a.community_key) AS community_key, coalesce(a.group_keys, []) AS group_keys,
    (a.kind IN ('expropriation', 'reserve') OR a.kind IS NULL)
        AND (a.land_class IN ('basic_farmland', 'farmland') OR a.land_class IS NULL) AS farmland
FROM paper.agreements AS a
LEFT JOIN place.candidates AS c ON c.written = a.community_key
WHERE a.state = 'kept' AND a.agreement_key IS NOT NULL AND a.community_key IS NOT NULL;

CREATE OR REPLACE TEMP MACRO places_of(only_farmland) AS TABLE
SELECT
    agreement_key, list_distinct(list(community_key)) AS communities,
    CASE WHEN bool_or(len(group_keys) = 0) THEN [] ELSE list_distinct(flatten(list(group_keys))) END AS groups
FROM signed_row
WHERE farmland OR NOT only_farmland
GROUP BY agreement_key;

CREATE OR REPLACE TEMP TABLE signed_in AS FROM places_of(FALSE);

CREATE OR REPLACE TEMP MACRO form_of(number) AS regexp_replace(number, '[0-9]+', '9', 'g');
CREATE OR REPLACE TEMP TABLE known_household AS
SELECT household_id FROM paper.persons WHERE household_id IS NOT NULL
UNION SELECT household_id FROM paper.title_certificates WHERE household_id IS NOT NULL
UNION SELECT household_id FROM paper.contract_ledger WHERE household_id IS NOT NULL;

CREATE OR REPLACE TABLE place.lines AS
SELECT p.row_id, p.agreement_key, p.household_id, 'elsewhere' AS cause
FROM paper.payouts AS p
JOIN place.households AS h USING (household_id)
JOIN signed_in AS s USING (agreement_key)
WHERE p.state = 'kept' AND (
    NOT list_has_any(s.communities, h.communities)
    OR (h.settled AND len(s.groups) > 0 AND NOT list_contains(s.groups, h.group_key))
)
UNION ALL
SELECT p.row_id, p.agreement_key, p.household_id, 'nobody'
FROM paper.payouts AS p
ANTI JOIN known_household USING (household_id)
WHERE p.state = 'kept' AND p.household_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE payee_named AS
SELECT DISTINCT household_id, regexp_replace(name, '\s', '', 'g') AS named FROM paper.persons WHERE household_id IS NOT NULL
UNION
SELECT DISTINCT household_id, resident_id FROM paper.persons WHERE household_id IS NOT NULL AND resident_id IS NOT NULL;

-- similar_line: each household that may be meant by a number on the roll of an agreement, and why.
CREATE OR REPLACE TEMP MACRO one_slip(one, other) AS damerau_levenshtein(one, other) <= 1;
CREATE OR REPLACE TEMP TABLE similar_line AS
SELECT DISTINCT
    l.agreement_key, l.household_id AS written, h.household_id,
    if(one_slip(h.household_id, l.household_id), 'one_slip', 'same_last_digits') AS why
FROM place.lines AS l
JOIN signed_in AS s USING (agreement_key)
JOIN place.households AS h
    ON list_has_any(s.communities, h.communities)
    AND (len(s.groups) = 0 OR h.group_key IS NULL OR list_contains(s.groups, h.group_key))
    AND (
        (one_slip(h.household_id, l.household_id)
            AND NOT EXISTS (FROM paper.payouts AS p WHERE p.agreement_key = l.agreement_key AND p.household_id = h.household_id))
        OR ends_with(digits_of(h.household_id), digits_of(l.household_id)) OR ends_with(digits_of(l.household_id), digits_of(h.household_id))
    )
UNION ALL
SELECT DISTINCT
    l.agreement_key, l.household_id, h.household_id,
    if((h.household_id, l.payee) IN (SELECT (household_id, named) FROM payee_named), 'payee_is_of_it', 'any_of_place')
FROM (SELECT *, substr(household_id, 4) AS payee FROM place.lines WHERE cause = 'nobody' AND starts_with(household_id, '领款人')) AS l
JOIN signed_in AS s USING (agreement_key)
JOIN place.households AS h
    ON list_has_any(s.communities, h.communities)
    AND (len(s.groups) = 0 OR h.group_key IS NULL OR list_contains(s.groups, h.group_key))
WHERE (h.household_id, l.payee) IN (SELECT (household_id, named) FROM payee_named)
   OR l.agreement_key || l.household_id NOT IN (
        SELECT m.agreement_key || m.household_id
        FROM place.lines AS m
        JOIN signed_in AS t USING (agreement_key)
        JOIN payee_named AS n ON n.named = substr(m.household_id, 4)
        JOIN place.households AS k ON k.household_id = n.household_id AND list_has_any(t.communities, k.communities)
            AND (len(t.groups) = 0 OR k.group_key IS NULL OR list_contains(t.groups, k.group_key))
    );
INSERT INTO similar_line
SELECT DISTINCT l.agreement_key, l.household_id, h.household_id, 'any_of_place'
FROM place.lines AS l
JOIN signed_in AS s USING (agreement_key)
JOIN place.households AS h
    ON list_has_any(s.communities, h.communities)
    AND (len(s.groups) = 0 OR h.group_key IS NULL OR list_contains(s.groups, h.group_key))
WHERE l.cause = 'nobody' AND NOT starts_with(l.household_id, '领款人')
  AND form_of(l.household_id) NOT IN (SELECT form_of(household_id) FROM known_household);
CREATE OR REPLACE TABLE place.similar AS SELECT DISTINCT agreement_key, household_id FROM similar_line ORDER BY ALL;

CREATE OR REPLACE TABLE place.rolled AS
WITH signed AS (FROM places_of(TRUE)),
standing AS (
    SELECT
        p.agreement_key, h.community_key, h.group_key,
        list_contains(s.communities, h.community_key) AND (len(s.groups) = 0 OR list_contains(s.groups, h.group_key)) AS own,
        count(DISTINCT p.household_id) AS households
    FROM paper.payouts AS p
    JOIN place.households AS h USING (household_id)
    JOIN signed AS s USING (agreement_key)
    WHERE p.state = 'kept' AND h.settled
    GROUP BY ALL
)
SELECT agreement_key, community_key, group_key
FROM standing
WHERE NOT own AND (households >= 2 OR agreement_key NOT IN (SELECT agreement_key FROM standing WHERE own))
ORDER BY ALL;

-- place.unread_lines: households a line of which on a roll has an area that cannot be read: -4.00 may take another line back.
CREATE OR REPLACE TABLE place.unread_lines AS
SELECT DISTINCT p.agreement_key, p.household_id
FROM paper.payouts AS p JOIN paper.sources AS s USING (source)
JOIN paper.quarantine AS q ON q.table_name = 'payouts' AND q.file = s.file AND q.sheet IS NOT DISTINCT FROM s.sheet AND q."row" = p."row"
WHERE p.area_umu IS NULL AND q.code = 'bad_number' AND p.agreement_key IS NOT NULL AND p.household_id IS NOT NULL
ORDER BY ALL;
