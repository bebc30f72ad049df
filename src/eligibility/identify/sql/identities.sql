-- place.identities: under which numbers, codes and names each household stands in which paper, and how that is known. One row for
-- each household, way to name it, sheet and evidence: the first row where it stands so, and how many. household_id as the roster has
-- it, NULL where it is nobody's. certainty: 'certain', 'possible' (every household that may be meant has a row) or 'nobody'.
CREATE OR REPLACE TEMP TABLE known_household AS
WITH written AS (
    SELECT household_id, community, group_name, count(*) AS times FROM paper.persons WHERE household_id IS NOT NULL GROUP BY ALL
),
-- the spelling of the place that most rows have
spelt AS (
    SELECT household_id, arg_max(row(community, group_name), row(times, community, group_name)) AS at FROM written GROUP BY household_id
),
grouped AS (
    SELECT household_id, count(DISTINCT coalesce(group_key, '')) AS groups
    FROM paper.persons WHERE state = 'kept' AND household_id IS NOT NULL GROUP BY household_id
),
headed AS (
    SELECT p.household_id, CASE WHEN count(DISTINCT p.name) = 1 THEN min(p.name) END AS head
    FROM paper.referred AS r JOIN paper.persons AS p USING (source, "row")
    WHERE r.found_by = 'head' AND p.state = 'kept'
    GROUP BY p.household_id
)
SELECT
    s.household_id, struct_extract(s.at, 1) AS community, struct_extract(s.at, 2) AS "group", headed.head,
    h.household_id IS NULL AS set_aside,
    coalesce(len(h.communities) > 1 OR g.groups > 1 OR h.by_shape, FALSE) AS in_two_places
FROM spelt AS s
LEFT JOIN place.households AS h USING (household_id)
LEFT JOIN grouped AS g USING (household_id)
LEFT JOIN headed USING (household_id);

CREATE OR REPLACE TEMP TABLE naming AS
WITH shared AS (
    SELECT certificate_no FROM paper.title_certificates
    WHERE state <> 'lost' AND certificate_no IS NOT NULL
    GROUP BY certificate_no HAVING count(DISTINCT household_id) > 1
),
line AS (
    SELECT 'persons' AS table_name, row_id, source, "row", state, household_id, NULL AS agreement_key, NULL AS certificate_no FROM paper.persons
    UNION ALL
    SELECT 'title_certificates', row_id, source, "row", state, household_id, NULL, certificate_no FROM paper.title_certificates
    UNION ALL
    SELECT 'contract_ledger', row_id, source, "row", state, household_id, NULL, NULL FROM paper.contract_ledger
    UNION ALL
    SELECT 'payouts', row_id, source, "row", state, household_id, agreement_key, NULL FROM paper.payouts
),
coded AS (SELECT source FROM paper.headers WHERE column_key = 'household_id' AND regexp_matches(header, 'CBFBM|承包方(编码|代码)')),
referring AS (
    SELECT
        l.*, s.certificate_no IS NOT NULL AS of_two,
        CASE
            WHEN r.found_by = 'spelling' THEN 'alias'
            WHEN r.meaning = 'certificate_no' THEN 'certificate_number'
            WHEN r.meaning IN ('household_no', 'household_seq') THEN 'running_number'
            WHEN r.meaning = 'head_resident_id' THEN if(table_name = 'payouts', 'payee_id', 'head_id')
            WHEN r.meaning = 'resident_id' THEN 'member_id'
            WHEN r.meaning IN ('head_name', 'payee') THEN 'payee_name'
            WHEN l.source IN (FROM coded) THEN 'contractor_code'
            WHEN table_name = 'persons' THEN 'roster_number'
            WHEN table_name = 'payouts' THEN 'number_on_roll'
            WHEN table_name = 'contract_ledger' THEN 'number_in_ledger'
            ELSE 'number_on_certificate'
        END AS named_by,
        coalesce(r.value, l.household_id, '') AS value,
        CASE
            WHEN table_name = 'persons' AND r.found_by IS DISTINCT FROM 'spelling' THEN 'roster'
            WHEN r.found_by = 'spelling' THEN 'spelling_of_number'
            WHEN r.found_by = 'within' THEN 'code_in_number'
            WHEN r.found_by = 'own' AND r.meaning IN ('household_no', 'household_seq') THEN 'number_in_own_sheet'
            WHEN r.found_by IN ('head_resident_id', 'own') THEN 'id_of_head'
            WHEN r.found_by = 'resident_id' THEN 'id_of_member'
            WHEN r.found_by = 'name' THEN 'only_name_in_group'
            ELSE 'same_number'
        END AS joined_by
    FROM line AS l
    LEFT JOIN paper.referred AS r ON r.source = l.source AND r."row" = l."row" AND r.found_by <> 'head'
    LEFT JOIN shared AS s ON s.certificate_no = l.certificate_no
),
each AS (
    SELECT * FROM referring
    UNION ALL
    SELECT * REPLACE ('certificate_number' AS named_by, certificate_no AS value)
    FROM referring
    WHERE certificate_no IS NOT NULL AND named_by NOT IN ('certificate_number', 'alias')
)
SELECT each.*, k.household_id IS NOT NULL AS known, coalesce(k.set_aside, FALSE) AS set_aside, coalesce(k.in_two_places, FALSE) AS in_two_places
FROM each LEFT JOIN known_household AS k ON k.household_id = each.household_id;

CREATE OR REPLACE TABLE place.identities AS
WITH meant AS (
    -- the household whose number, code or id it is
    SELECT
        n.table_name, n.source, n."row", n.agreement_key, n.named_by, n.value, CASE WHEN known THEN n.household_id END AS household_id,
        CASE
            WHEN n.household_id IS NULL THEN 'not_readable'
            WHEN NOT known THEN if(l.cause = 'nobody' OR state = 'lost', 'unknown', 'not_on_roster')
            WHEN state = 'lost' OR set_aside THEN 'row_set_aside'
            WHEN l.cause = 'elsewhere' THEN 'of_another_place'
            WHEN in_two_places THEN 'number_in_two_places'
            WHEN of_two THEN 'certificate_of_two'
            ELSE joined_by
        END AS evidence
    FROM naming AS n
    LEFT JOIN place.lines AS l ON n.table_name = 'payouts' AND l.row_id = n.row_id
    WHERE NOT (l.cause IS NOT DISTINCT FROM 'nobody'
        AND (l.agreement_key, l.household_id) IN (SELECT (agreement_key, written) FROM similar_line))
    UNION ALL
    -- every household that may be meant by a line of nobody, or of one that stands in another place
    SELECT DISTINCT
        n.table_name, n.source, n."row", n.agreement_key, if(s.why IN ('one_slip', 'same_last_digits'), 'similar_number', n.named_by), n.value,
        CASE WHEN s.why <> 'any_of_place' THEN s.household_id END, s.why
    FROM naming AS n
    JOIN place.lines AS l ON n.table_name = 'payouts' AND l.row_id = n.row_id
    JOIN similar_line AS s ON s.agreement_key = l.agreement_key AND s.written = l.household_id
),
signed AS (
    SELECT agreement_key, min(community) AS community, min(group_name) AS "group" FROM paper.agreements WHERE state = 'kept' GROUP BY agreement_key
),
gathered AS (
    SELECT
        household_id, named_by, value, table_name, source, evidence, CASE WHEN household_id IS NULL THEN agreement_key END AS agreement_key,
        min("row") AS first_row, count(*) AS rows
    FROM meant
    GROUP BY ALL
)
SELECT
    g.household_id, if(g.household_id IS NULL, s.community, k.community) AS community, if(g.household_id IS NULL, s."group", k."group") AS "group",
    k.head, g.named_by, g.value, g.table_name, o.file, o.sheet, g.first_row, g.rows, g.evidence,
    CASE
        WHEN g.household_id IS NULL THEN 'nobody'
        WHEN g.evidence IN ('roster', 'same_number', 'spelling_of_number', 'code_in_number', 'number_in_own_sheet')
            OR g.evidence IN ('id_of_head', 'id_of_member', 'only_name_in_group')
            THEN 'certain'
        ELSE 'possible'
    END AS certainty
FROM gathered AS g
JOIN paper.sources AS o USING (source)
LEFT JOIN known_household AS k ON k.household_id = g.household_id
LEFT JOIN signed AS s ON s.agreement_key = g.agreement_key
ORDER BY g.household_id, g.table_name, g.named_by, g.value, o.file, o.sheet, g.evidence, g.agreement_key, g.first_row;
