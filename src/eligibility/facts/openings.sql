-- fact.openings: households whose loss may be anything up to their own land, and why: their community has no list of
-- agreements, or none that is taken to be complete (agreement_key NULL, group_key NULL), or a row that could concern them was
-- lost. A lost agreement concerns its group (its community where no group is read; the households of its roll, or
-- everyone, where not even that is), a lost roll line of an agreement that is not in the dossier the group of its household.
CREATE OR REPLACE TABLE fact.openings AS
WITH listed AS (
    SELECT DISTINCT community_key FROM paper.agreements WHERE state = 'kept' AND signed_on_lo <= getvariable('as_of')
),
lost AS (
    SELECT agreement_key, community_key, group_keys
    FROM paper.agreements
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
    SELECT p.agreement_key, h.community_key, h.group_key
    FROM paper.payouts AS p
    JOIN household AS h USING (household_id)
    WHERE p.state = 'lost'
      AND (p.agreement_key IS NULL OR p.agreement_key NOT IN (SELECT agreement_key FROM paper.agreements WHERE agreement_key IS NOT NULL))
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
SELECT household_id, 'lost', agreement_key, NULL, NULL
FROM household CROSS JOIN lost_anywhere
WHERE n > 0;

CREATE OR REPLACE TEMP TABLE opened AS SELECT DISTINCT household_id FROM fact.openings;
