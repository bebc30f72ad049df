-- fact.unbounded_households: households whose loss may be anything up to their own land, with the cause. 'unlisted': the
-- community has no list of agreements, or none that is assumed complete. 'lost': a rejected row may concern them; a rejected
-- agreement concerns its group (its community if the group is unreadable; else the households of its roll; else everyone); an
-- agreement whose lines exceed all its rows, in land or in money, may have lost a row; a rejected roll line of an agreement that is not in
-- the dossier concerns the group of its household, or the community if its lines are of several groups. 'misplaced': an
-- agreement may be of their community, or contradicts the cited approval, which has land in their place, or its own roll, on which
-- their neighbours stand. 'place': their own place is uncertain. 'apart': they have no papers of land and may be part of a household that has. 'unread': a paper was not
-- read; it concerns its community, or everyone.
-- with_papers: households with own papers or roll lines. possible_part: those without any, while others of their group have
-- some; and those of which only a roll tells, while others have certificate or ledger: land, certificate and other lines may be
-- recorded under the household from which they were divided. Or under a number that the roster does not have: where papers name
-- such numbers (H16 beside H16户), nobody without papers is taken to have none.
CREATE OR REPLACE TEMP TABLE with_papers AS
FROM titled
UNION SELECT household_id FROM paper.payouts WHERE household_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE possible_part AS
WITH stranger AS (SELECT household_id FROM with_papers WHERE household_id NOT IN (SELECT household_id FROM household)),
titled_stranger AS (SELECT household_id FROM titled WHERE household_id NOT IN (SELECT household_id FROM household)),
placed AS (
    SELECT community_key, group_key, bool_or(household_id IN (FROM with_papers)) AS papers, bool_or(household_id IN (FROM titled)) AS titles
    FROM household GROUP BY ALL
)
SELECT h.household_id, h.community_key, h.group_key
FROM household AS h
JOIN placed ON placed.community_key IS NOT DISTINCT FROM h.community_key AND placed.group_key IS NOT DISTINCT FROM h.group_key
WHERE (h.household_id NOT IN (FROM with_papers)
        AND ((papers AND h.community_key IS NOT NULL AND h.group_key IS NOT NULL) OR EXISTS (FROM stranger)))
    OR (h.household_id NOT IN (FROM titled)
        AND ((titles AND h.community_key IS NOT NULL AND h.group_key IS NOT NULL) OR EXISTS (FROM titled_stranger)));

CREATE OR REPLACE TABLE fact.unbounded_households AS
WITH listed AS (
    SELECT DISTINCT community_key FROM paper.agreements WHERE state = 'kept' AND signed_on_lo <= getvariable('as_of')
),
lost AS (
    SELECT agreement_key, coalesce(c.community_key, a.community_key) AS community_key,
           CASE WHEN c.community_key IS NULL THEN group_keys ELSE [] END AS group_keys
    FROM paper.agreements AS a
    LEFT JOIN place.candidates AS c ON c.written = a.community_key
    WHERE state = 'lost'
      AND signed_on_lo <= getvariable('as_of')
      AND (kind IN ('expropriation', 'reserve') OR kind IS NULL)
      AND (land_class IN ('basic_farmland', 'farmland') OR land_class IS NULL)
),
lost_place AS (
    SELECT agreement_key, community_key, CASE WHEN len(group_keys) > 0 THEN unnest(group_keys) END AS group_key
    FROM lost WHERE community_key IS NOT NULL AND len(coalesce(group_keys, [])) > 0
    UNION
    SELECT agreement_key, community_key, NULL FROM lost WHERE community_key IS NOT NULL AND len(coalesce(group_keys, [])) = 0
    UNION
    SELECT agreement_key, h.community_key, NULL
    FROM lost
    JOIN paper.payouts AS p USING (agreement_key)
    JOIN household AS h USING (household_id)
    WHERE lost.community_key IS NULL
    UNION
    -- an agreement whose lines are of several groups belongs to the whole community
    SELECT p.agreement_key, h.community_key, CASE WHEN count(DISTINCT h.group_key) OVER (PARTITION BY p.agreement_key,
        h.community_key) < 2 THEN h.group_key END
    FROM paper.payouts AS p
    JOIN household AS h USING (household_id)
    WHERE p.state = 'lost'
      AND (p.agreement_key IS NULL OR p.agreement_key NOT IN (SELECT agreement_key FROM paper.agreements WHERE agreement_key IS NOT NULL))
),
-- by-parcel lines exceed all rows of the agreement of any class, in land or in money: a row of it may be missing
understated AS (
    SELECT agreement_key
    FROM (
        SELECT agreement_key, sum(area_umu) AS area_umu, sum(coalesce(area_half_umu, 0)) AS half_unit
        FROM paper.agreements WHERE state = 'kept' GROUP BY agreement_key HAVING bool_and(area_umu IS NOT NULL)
    )
    JOIN (
        SELECT agreement_key, sum(area_umu) AS listed, count(*) AS n
        FROM paper.payouts WHERE state = 'kept' AND basis = 'by_parcel' GROUP BY agreement_key
    ) USING (agreement_key)
    WHERE listed > area_umu + greatest(half_unit, 50000) + 5000 * n
    UNION
    -- or its lines paid more money than all rows of the agreement together
    SELECT agreement_key
    FROM (
        SELECT agreement_key, sum(compensation_fen) AS compensation_fen
        FROM paper.agreements WHERE state = 'kept' GROUP BY agreement_key HAVING bool_and(compensation_fen IS NOT NULL)
    )
    JOIN (
        SELECT agreement_key, sum(amount_fen) AS paid FROM paper.payouts WHERE state = 'kept' GROUP BY agreement_key
    ) USING (agreement_key)
    WHERE paid > compensation_fen + compensation_fen // 50 + 10000
),
understated_place AS (
    SELECT DISTINCT a.agreement_key, a.community_key, CASE WHEN len(coalesce(a.group_keys, [])) = 1 THEN a.group_keys[1] END AS group_key
    FROM paper.agreements AS a JOIN understated USING (agreement_key)
    WHERE a.state = 'kept' AND a.signed_on_lo <= getvariable('as_of')
),
misplaced AS (
    SELECT DISTINCT a.agreement_key, c.community_key
    FROM paper.agreements AS a
    JOIN place.candidates AS c ON c.written = a.community_key
    WHERE a.state = 'kept'
      AND a.signed_on_lo <= getvariable('as_of')
      AND (a.kind IN ('expropriation', 'reserve') OR a.kind IS NULL)
      AND (a.land_class IN ('basic_farmland', 'farmland') OR a.land_class IS NULL)
),
lost_anywhere AS (
    SELECT min(agreement_key) AS agreement_key, count(*) AS n
    FROM lost
    WHERE community_key IS NULL
      AND NOT EXISTS (SELECT 1 FROM paper.payouts AS p WHERE p.agreement_key = lost.agreement_key)
)
SELECT household_id, 'unlisted' AS cause, NULL AS agreement_key, community_key, NULL AS group_key
FROM household
WHERE NOT getvariable('agreements_complete')
   OR community_key NOT IN (SELECT community_key FROM listed WHERE community_key IS NOT NULL)
UNION ALL
SELECT household_id, 'lost', l.agreement_key, l.community_key, l.group_key
FROM household AS h
JOIN lost_place AS l ON l.community_key = h.community_key AND (l.group_key IS NULL OR l.group_key = h.group_key)
UNION ALL
SELECT household_id, 'lost', u.agreement_key, u.community_key, u.group_key
FROM household AS h
JOIN understated_place AS u ON u.community_key = h.community_key AND (u.group_key IS NULL OR h.group_key IS NULL
    OR u.group_key = h.group_key)
UNION ALL
SELECT household_id, 'lost', agreement_key, NULL, NULL
FROM household CROSS JOIN lost_anywhere
WHERE n > 0
UNION ALL
SELECT household_id, 'misplaced', m.agreement_key, m.community_key, NULL
FROM household AS h
JOIN place.households USING (household_id)
JOIN misplaced AS m ON list_contains(communities, m.community_key)
UNION ALL
-- the agreement contradicts the approval that it cites, or its roll, which is not complete
SELECT household_id, 'misplaced', m.agreement_key, m.community_key, m.group_key
FROM household AS h
JOIN place.households USING (household_id)
JOIN (SELECT agreement_key, community_key, group_key FROM link.misplaced UNION FROM place.rolled) AS m
    ON list_contains(communities, m.community_key) AND (m.group_key IS NULL OR h.group_key IS NULL OR m.group_key = h.group_key)
WHERE m.agreement_key NOT IN (SELECT agreement_key FROM agreement WHERE complete)
UNION ALL
SELECT household_id, 'place', NULL, community_key, group_key FROM household WHERE NOT settled
UNION ALL
SELECT household_id, 'apart', NULL, community_key, group_key FROM possible_part
UNION ALL
SELECT DISTINCT household_id, 'unread', NULL, h.community_key, NULL
FROM household AS h
JOIN paper.unread AS u ON coalesce(u.community_key = h.community_key, TRUE);

CREATE OR REPLACE TEMP TABLE unbounded_household AS SELECT DISTINCT household_id FROM fact.unbounded_households;
