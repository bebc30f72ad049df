-- What lists and registers (paper.listed) say of the persons of the roster, under the name that both have; compared.spells: each spell
-- of a person of the roster, by its row. A row of another name under the person's number says nothing certain.
CREATE OR REPLACE TEMP MACRO listed_name(name) AS regexp_replace(name, '[\s·•．.・‧∙⋅●()（）]', '', 'g');
CREATE OR REPLACE TABLE compared.spells AS
SELECT DISTINCT p.row_id, l.kind, l.value, l.since_lo, l.since_hi, l.until_lo, l.until_hi, l.source, l."row",
    l.name = '' OR listed_name(l.name) = listed_name(p.name) AS same_name
FROM paper.listed AS l
JOIN paper.persons AS p ON p.resident_id = l.resident_id
WHERE l.id_valid AND p.id_valid AND p.state = 'kept' AND l.kind <> ''
ORDER BY ALL;

-- compared.covered: persons of whom a complete list would tell. Not those whose remark speaks against it, and not those whose name
-- stands in a row without a readable number.
CREATE OR REPLACE TABLE compared.covered AS
WITH lost AS (
    SELECT DISTINCT s.compares, listed_name(l.name) AS name
    FROM paper.listed AS l JOIN paper.lists AS s USING (source)
    WHERE l.lost
)
SELECT p.row_id, s.compares, min(s.covers_from) AS covers_from, max(s.covers_to) AS covers_to, bool_or(s.covers_from IS NULL) AS from_ever
FROM paper.persons AS p
JOIN paper.lists AS s ON s.complete AND (s.area = '' OR s.area = p.street OR s.area = p.community)
WHERE p.state = 'kept' AND p.id_valid AND s.covers_to IS NOT NULL
  AND NOT EXISTS (FROM lost WHERE lost.compares = s.compares AND (lost.name = '' OR lost.name = listed_name(p.name)))
  AND NOT EXISTS (FROM paper.remarked AS r WHERE r.row_id = p.row_id AND r.column_key = s.compares)
GROUP BY p.row_id, s.compares
ORDER BY ALL;

-- compared.conclusions: for each person what follows. Several spells of one kind that differ are taken together, as a range.
CREATE OR REPLACE TABLE compared.conclusions AS
WITH by_person AS (
    SELECT
        row_id,
        bool_or(value = 'true') FILTER (kind = 'public_staff' AND same_name) AS staff, bool_or(kind = 'public_staff') AS staff_named,
        bool_or(value IN ('true', 'body')) FILTER (kind = 'public_staff' AND same_name) AS staff_perhaps,
        bool_or(value = 'true') FILTER (kind = 'officer' AND same_name) AS officer, bool_or(kind = 'officer') AS officer_named,
        bool_or(value = 'true') FILTER (kind = 'imprisoned' AND same_name) AS imprisoned, bool_or(kind = 'imprisoned') AS prison_named,
        CASE WHEN bool_and(same_name AND value <> '') FILTER (kind = 'employee_pension')
            THEN CASE WHEN bool_or(value = 'drawing') FILTER (kind = 'employee_pension') THEN 'drawing' ELSE 'insured' END END AS pension,
        bool_or(kind = 'employee_pension') AS pension_named,
        min(since_lo) FILTER (kind = 'deceased_on') AS died_lo, max(since_hi) FILTER (kind = 'deceased_on') AS died_hi,
        bool_and(same_name) FILTER (kind = 'deceased_on') AS died_surely,
        max(until_lo) FILTER (kind = 'alive' AND same_name) AS alive_until,
        min(until_lo) FILTER (kind = 'member') AS member_to_lo, max(until_hi) FILTER (kind = 'member') AS member_to_hi,
        -- a member of two rosters may be one of either, and one of another community is none here
        bool_and(same_name AND here) FILTER (kind = 'member') AND count(DISTINCT source) FILTER (kind = 'member') = 1 AS member_surely,
        min(since_lo) FILTER (kind = 'member' AND here AND since_hi < DATE '9999-12-31') AS added_lo,
        max(since_hi) FILTER (kind = 'member' AND here AND since_hi < DATE '9999-12-31') AS added_hi,
        min(since_lo) FILTER (kind = 'address' AND same_name AND here) AS settled_lo,
        max(since_hi) FILTER (kind = 'address' AND same_name AND here) AS settled_hi,
        bool_and(same_name AND here) FILTER (kind = 'address') AS settled_surely
    FROM (
        SELECT s.*, coalesce(h.key = p.community_key, FALSE) AS here
        FROM compared.spells AS s
        JOIN paper.persons AS p USING (row_id)
        LEFT JOIN listed_place AS h ON h.text = s.value AND s.kind IN ('address', 'member')
    )
    GROUP BY row_id
),
cover AS (
    SELECT
        row_id,
        bool_or(compares = 'public_staff' AND covers_to >= getvariable('decided_on')) AS staff_listed,
        bool_or(compares = 'officer' AND covers_to >= getvariable('decided_on')) AS officer_listed,
        bool_or(compares = 'imprisoned' AND covers_to >= getvariable('decided_on')) AS prison_listed,
        bool_or(compares = 'employee_pension' AND covers_to >= getvariable('decided_on')) AS pension_listed,
        max(covers_to) FILTER (compares = 'deceased_on' AND from_ever) AS deaths_to
    FROM compared.covered GROUP BY row_id
),
remarked AS (SELECT row_id, list(column_key) AS columns FROM paper.remarked GROUP BY row_id)
SELECT p.row_id, by_person.* EXCLUDE (row_id), cover.* EXCLUDE (row_id), coalesce(remarked.columns, []) AS remarked
FROM paper.persons AS p
LEFT JOIN by_person USING (row_id)
LEFT JOIN cover USING (row_id)
LEFT JOIN remarked USING (row_id)
WHERE p.state = 'kept' AND p.id_valid AND (by_person.row_id IS NOT NULL OR cover.row_id IS NOT NULL)
ORDER BY ALL;

-- compared.against: cells of the roster that a list contradicts; neither is taken.
CREATE OR REPLACE TABLE compared.against AS
SELECT p.row_id, unnest(list_filter([
    CASE WHEN p.public_staff IS FALSE AND l.staff_perhaps THEN 'public_staff' END,
    CASE WHEN p.officer IS FALSE AND l.officer THEN 'officer' END,
    CASE WHEN p.imprisoned IS FALSE AND l.imprisoned THEN 'imprisoned' END,
    CASE WHEN p.employee_pension = 'none' AND l.pension_named THEN 'employee_pension' END,
    CASE WHEN l.died_lo IS NOT NULL AND (p.deceased_on_lo > l.died_hi OR p.deceased_on_hi < l.died_lo) THEN 'deceased_on' END,
    CASE WHEN l.died_lo IS NOT NULL AND l.alive_until > l.died_hi THEN 'deceased_on' END,
    CASE WHEN l.member_to_lo IS NOT NULL AND (p.member_to_lo > l.member_to_hi OR p.member_to_hi < l.member_to_lo) THEN 'member_to' END
], lambda one: one IS NOT NULL)) AS column_key
FROM paper.persons AS p JOIN compared.conclusions AS l USING (row_id)
ORDER BY ALL;

-- What the roster does not say is taken from the lists: yes from being on one, no only from a complete one, dates as ranges.
UPDATE paper.persons AS p SET
    public_staff = CASE WHEN p.public_staff IS NOT NULL THEN p.public_staff WHEN l.staff THEN TRUE
        WHEN l.staff_listed AND NOT coalesce(l.staff_named, FALSE) THEN FALSE END,
    officer = CASE WHEN p.officer IS NOT NULL THEN p.officer WHEN l.officer THEN TRUE
        WHEN l.officer_listed AND NOT coalesce(l.officer_named, FALSE) THEN FALSE END,
    imprisoned = CASE WHEN p.imprisoned IS NOT NULL THEN p.imprisoned WHEN l.imprisoned THEN TRUE
        WHEN l.prison_listed AND NOT coalesce(l.prison_named, FALSE) THEN FALSE END,
    employee_pension = CASE WHEN p.employee_pension IS NOT NULL THEN p.employee_pension WHEN l.pension IS NOT NULL THEN l.pension
        WHEN l.pension_listed AND NOT coalesce(l.pension_named, FALSE) THEN 'none' END,
    deceased_on_lo = CASE WHEN open_death THEN coalesce(CASE WHEN l.died_lo IS NOT NULL THEN CASE WHEN died_surely THEN l.died_lo
        ELSE p.deceased_on_lo END END, CASE WHEN NOT list_contains(remarked, 'deceased_on') THEN greatest(l.alive_until, l.deaths_to + 1) END,
        p.deceased_on_lo) ELSE p.deceased_on_lo END,
    deceased_on_hi = CASE WHEN open_death AND l.died_lo IS NOT NULL AND died_surely THEN l.died_hi ELSE p.deceased_on_hi END,
    member_from_lo = CASE WHEN open_from THEN coalesce(greatest(p.born, CASE WHEN settled_surely OR l.added_lo IS NOT NULL THEN
        least(CASE WHEN settled_surely THEN l.settled_lo END, l.added_lo) END), p.member_from_lo) ELSE p.member_from_lo END,
    member_from_hi = CASE WHEN open_from AND (settled_surely OR l.added_hi IS NOT NULL) THEN
        greatest(p.born, CASE WHEN settled_surely THEN l.settled_hi END, l.added_hi) ELSE p.member_from_hi END,
    member_to_lo = CASE WHEN open_to AND member_surely AND NOT (l.member_to_hi = DATE '9999-12-31' AND list_contains(remarked, 'member_to'))
        THEN l.member_to_lo ELSE p.member_to_lo END,
    member_to_hi = CASE WHEN open_to AND member_surely THEN l.member_to_hi ELSE p.member_to_hi END,
    membership_dispute = CASE WHEN p.membership_dispute IS NULL AND member_surely AND NOT list_contains(remarked, 'membership_dispute')
        THEN '' ELSE p.membership_dispute END
FROM (
    SELECT
        l.*,
        q.deceased_on_lo = DATE '0001-01-01' AND q.deceased_on_hi = DATE '9999-12-31' AS open_death,
        q.member_from_lo = DATE '0001-01-01' AND q.member_from_hi = DATE '9999-12-31' AS open_from,
        q.member_to_lo = DATE '0001-01-01' AND q.member_to_hi = DATE '9999-12-31' AS open_to
    FROM compared.conclusions AS l JOIN paper.persons AS q USING (row_id)
) AS l
WHERE l.row_id = p.row_id;

UPDATE paper.persons SET public_staff = NULL WHERE row_id IN (SELECT row_id FROM compared.against WHERE column_key = 'public_staff');
UPDATE paper.persons SET officer = NULL WHERE row_id IN (SELECT row_id FROM compared.against WHERE column_key = 'officer');
UPDATE paper.persons SET imprisoned = NULL WHERE row_id IN (SELECT row_id FROM compared.against WHERE column_key = 'imprisoned');
UPDATE paper.persons SET employee_pension = NULL WHERE row_id IN (SELECT row_id FROM compared.against WHERE column_key = 'employee_pension');
UPDATE paper.persons SET deceased_on_lo = DATE '0001-01-01', deceased_on_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM compared.against WHERE column_key = 'deceased_on');
UPDATE paper.persons SET member_to_lo = DATE '0001-01-01', member_to_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM compared.against WHERE column_key = 'member_to');
