-- Households whose loss may be anything up to their own land: their community has no list of agreements, the list is not
-- taken to be complete, or a row that could concern them was lost. A lost agreement concerns its group (its community
-- where no group is read; the households of its roll, or everyone, where not even that is).
CREATE OR REPLACE TEMP TABLE opened AS
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
    SELECT community_key, CASE WHEN len(group_keys) > 0 THEN unnest(group_keys) END AS group_key
    FROM lost WHERE community_key IS NOT NULL AND len(coalesce(group_keys, [])) > 0
    UNION
    SELECT community_key, NULL FROM lost WHERE community_key IS NOT NULL AND len(coalesce(group_keys, [])) = 0
    UNION
    SELECT h.community_key, NULL
    FROM lost
    JOIN paper.payouts AS p USING (agreement_key)
    JOIN household AS h USING (household_id)
    WHERE lost.community_key IS NULL
    UNION
    SELECT h.community_key, h.group_key
    FROM paper.payouts AS p
    JOIN household AS h USING (household_id)
    WHERE p.state = 'lost'
      AND (p.agreement_key IS NULL OR p.agreement_key NOT IN (SELECT agreement_key FROM paper.agreements WHERE agreement_key IS NOT NULL))
),
lost_anywhere AS (
    SELECT count(*) AS n
    FROM lost
    WHERE community_key IS NULL
      AND NOT EXISTS (SELECT 1 FROM paper.payouts AS p WHERE p.agreement_key = lost.agreement_key)
)
SELECT household_id
FROM household AS h
WHERE NOT getvariable('agreements_complete')
   OR community_key NOT IN (SELECT community_key FROM listed WHERE community_key IS NOT NULL)
   OR (SELECT n FROM lost_anywhere) > 0
   OR EXISTS (
        SELECT 1 FROM lost_place AS l
        WHERE l.community_key = h.community_key AND (l.group_key IS NULL OR l.group_key = h.group_key)
   );
