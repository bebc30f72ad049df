-- Contracted farmland and heads of each group and of each whole community (group_key NULL), less what by-parcel lines
-- took. A community's total is known only when that of every one of its groups is, those that only an agreement or a parcel names
-- too. A total that the certificates of its households or the agreements of the group exceed by more than rounding is not known.
CREATE OR REPLACE TEMP TABLE group_total AS
WITH listed AS (
    SELECT community_key, group_key,
           CASE WHEN count(DISTINCT coalesce(contracted_umu, -1)) = 1 AND min(contracted_umu) > 0 THEN min(contracted_umu) END AS printed,
           max(coalesce(contracted_half_umu, 0)) AS half,
           CASE WHEN count(DISTINCT coalesce(persons, -1)) = 1 THEN min(persons) END AS persons
    FROM paper.groups
    WHERE state = 'kept' AND community_key IS NOT NULL AND group_key IS NOT NULL
    GROUP BY ALL
),
held AS (
    SELECT h.community_key, h.group_key, sum(c.held)::BIGINT AS area, sum(p.half)::BIGINT AS half
    FROM certified AS c JOIN household AS h USING (household_id)
    LEFT JOIN (SELECT household_id, sum(half) AS half FROM certificate GROUP BY household_id) AS p USING (household_id)
    GROUP BY ALL
),
signed AS (
    SELECT community_key, group_keys[1] AS group_key, sum(farm)::BIGINT AS area, sum(half)::BIGINT AS half
    FROM agreement
    WHERE sure AND NOT conflict AND one_place AND len(group_keys) = 1
    GROUP BY ALL
),
checked AS (
    SELECT
        l.* EXCLUDE (printed, half),
        CASE WHEN coalesce(held.area - held.half, 0) <= printed + l.half + 10000 AND coalesce(signed.area - signed.half, 0) <= printed + l.half + 50000
             THEN printed END AS total
    FROM listed AS l
    LEFT JOIN held USING (community_key, group_key)
    LEFT JOIN signed USING (community_key, group_key)
),
named AS (
    SELECT community_key, group_key FROM household WHERE group_key IS NOT NULL
    UNION SELECT community_key, unnest(group_keys) FROM paper.agreements WHERE state <> 'duplicate'
    UNION SELECT community_key, unnest(group_keys) FROM paper.approval_parcels WHERE state <> 'duplicate'
),
known AS (
    SELECT coalesce(l.community_key, h.community_key) AS community_key, coalesce(l.group_key, h.group_key) AS group_key,
           total, persons
    FROM checked AS l
    FULL JOIN named AS h USING (community_key, group_key)
),
parcelled AS (
    SELECT h.community_key, h.group_key, sum(taken)::BIGINT AS taken
    FROM taking JOIN agreement USING (agreement_key) JOIN household AS h USING (household_id)
    WHERE sure
    GROUP BY ALL
),
left_over AS (
    SELECT k.community_key, k.group_key, k.persons, k.total, k.total - coalesce(p.taken, 0) AS left_umu
    FROM known AS k LEFT JOIN parcelled AS p USING (community_key, group_key)
)
SELECT community_key, group_key, total, left_umu, persons FROM left_over
UNION ALL
SELECT community_key, NULL,
       CASE WHEN bool_and(total IS NOT NULL) THEN sum(total)::BIGINT END,
       CASE WHEN bool_and(total IS NOT NULL) THEN sum(left_umu)::BIGINT END,
       CASE WHEN bool_and(persons IS NOT NULL) THEN sum(persons)::BIGINT END
FROM left_over
GROUP BY community_key;
