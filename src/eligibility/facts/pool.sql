-- Pools: agreements without a complete by-parcel roll, less the lines that count, for the group or community that signed.
-- remainder: area that was taken from some household of the pool; remainder_covered, _lawful, _competent: the part that is at
-- least covered, lawful, covered by competent approvals; rounding: the printed area may be off by so much. An agreement over
-- several places has its whole area as the remainder of each; where its roll shows another place (place.rolled) nothing is certain.
CREATE OR REPLACE TEMP TABLE pool AS
WITH place AS (
    SELECT c.agreement_key, p.community_key, CASE WHEN len(c.placed_groups) = 1 THEN c.placed_groups[1] END AS group_key,
           sum(c.area_umu)::BIGINT AS farmland
    FROM link.coverage AS c JOIN paper.agreements AS p USING (row_id)
    WHERE (c.kind IN ('expropriation', 'reserve') OR c.kind IS NULL)
      AND (c.land_class IN ('basic_farmland', 'farmland') OR c.land_class IS NULL)
    GROUP BY ALL
)
SELECT
    place.agreement_key, place.community_key, place.group_key,
    CASE WHEN one_place AND NOT conflict THEN greatest(0, a.farmland - allocated) ELSE place.farmland END AS remainder,
    CASE WHEN one_place AND NOT elsewhere THEN greatest(0, covered - allocated) ELSE 0 END AS remainder_covered,
    CASE WHEN one_place AND NOT elsewhere THEN greatest(0, lawful_area - allocated) ELSE 0 END AS remainder_lawful,
    CASE WHEN one_place AND NOT elsewhere THEN greatest(0, competent_area - allocated) ELSE 0 END AS remainder_competent,
    a.rounding
FROM place
JOIN (SELECT *, agreement_key IN (SELECT agreement_key FROM place.rolled) AS elsewhere FROM agreement) AS a USING (agreement_key)
WHERE NOT complete AND (CASE WHEN one_place AND NOT conflict THEN a.farmland - allocated ELSE place.farmland END) > 0;
