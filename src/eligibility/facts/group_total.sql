-- Contracted farmland and heads of each group and of each whole community (group_key NULL), less what by-parcel lines
-- took. A community's total is known only when that of every one of its groups is.
CREATE OR REPLACE TEMP TABLE group_total AS
WITH listed AS (
    SELECT community_key, group_key,
           CASE WHEN count(DISTINCT coalesce(contracted_umu, -1)) = 1 THEN min(contracted_umu) END AS total,
           CASE WHEN count(DISTINCT coalesce(persons, -1)) = 1 THEN min(persons) END AS persons
    FROM paper.groups
    WHERE state = 'kept' AND community_key IS NOT NULL AND group_key IS NOT NULL
    GROUP BY ALL
),
known AS (
    SELECT coalesce(l.community_key, h.community_key) AS community_key, coalesce(l.group_key, h.group_key) AS group_key,
           total, persons
    FROM listed AS l
    FULL JOIN (SELECT DISTINCT community_key, group_key FROM household) AS h USING (community_key, group_key)
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
