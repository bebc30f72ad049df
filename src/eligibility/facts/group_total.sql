-- Contracted farmland and heads of each group and of each whole community (group_key NULL), less what by-parcel lines took. The
-- total of a community is known only if that of every group is known, including groups that only an agreement or a parcel
-- names. A total that the papers of its households or the agreements of the group exceed by more than rounding is unknown, and so is
-- one of another scale than they (place.out_of_scale).
CREATE OR REPLACE TEMP TABLE group_total AS
WITH listed AS (
    SELECT community_key, group_key,
           CASE WHEN count(DISTINCT coalesce(contracted_umu, -1)) = 1 AND min(contracted_umu) > 0
                AND count(*) FILTER (row_id IN (SELECT row_id FROM place.out_of_scale WHERE table_name = 'groups')) = 0
                THEN min(contracted_umu) END AS printed,
           max(coalesce(contracted_half_umu, 0)) AS half_unit,
           CASE WHEN count(DISTINCT coalesce(persons, -1)) = 1 THEN min(persons) END AS persons
    FROM paper.groups
    WHERE state = 'kept' AND community_key IS NOT NULL AND group_key IS NOT NULL
    GROUP BY ALL
),
-- what its households hold at least: by certificate, or else by confirmed ledger
held AS (
    SELECT h.community_key, h.group_key, sum(area)::BIGINT AS area, sum(half_unit)::BIGINT AS half_unit
    FROM (
        SELECT household_id, certified_holding AS area, half_unit
        FROM certified_area LEFT JOIN (SELECT household_id, sum(half_unit) AS half_unit FROM certificate GROUP BY household_id)
            USING (household_id)
        UNION ALL
        SELECT household_id, max(area_umu), max(area_half_umu) FROM paper.contract_ledger
        WHERE state = 'kept' AND confirmed_by IN ('agriculture', 'community')
            AND household_id NOT IN (SELECT household_id FROM certified_area)
        GROUP BY household_id
    )
    JOIN household AS h USING (household_id)
    WHERE household_id NOT IN (SELECT household_id FROM place.out_of_scale WHERE of_sheet)
    GROUP BY ALL
),
signed AS (
    SELECT community_key, group_keys[1] AS group_key, sum(farmland)::BIGINT AS area, sum(half_unit)::BIGINT AS half_unit
    FROM agreement
    WHERE classified AND NOT conflict AND one_place AND len(group_keys) = 1
    GROUP BY ALL
),
checked AS (
    SELECT
        l.* EXCLUDE (printed, half_unit),
        CASE WHEN coalesce(held.area - held.half_unit, 0) <= printed + l.half_unit + 10000
            AND coalesce(signed.area - signed.half_unit, 0) <= printed + l.half_unit + 50000
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
all_groups AS (
    SELECT coalesce(l.community_key, h.community_key) AS community_key, coalesce(l.group_key, h.group_key) AS group_key,
           total, persons
    FROM checked AS l
    FULL JOIN named AS h USING (community_key, group_key)
),
parcelled AS (
    SELECT h.community_key, h.group_key, sum(taken)::BIGINT AS taken
    FROM roll_taking JOIN agreement USING (agreement_key) JOIN household AS h USING (household_id)
    WHERE classified
    GROUP BY ALL
),
left_over AS (
    SELECT k.community_key, k.group_key, k.persons, k.total, k.total - coalesce(p.taken, 0) AS contracted_left
    FROM all_groups AS k LEFT JOIN parcelled AS p USING (community_key, group_key)
)
SELECT community_key, group_key, total, contracted_left, persons FROM left_over
UNION ALL
SELECT community_key, NULL,
       CASE WHEN bool_and(total IS NOT NULL) THEN sum(total)::BIGINT END,
       CASE WHEN bool_and(total IS NOT NULL) THEN sum(contracted_left)::BIGINT END,
       CASE WHEN bool_and(persons IS NOT NULL) THEN sum(persons)::BIGINT END
FROM left_over
GROUP BY community_key;
