-- The pool: agreements without a complete by-parcel roll, less the lines that are known, for the group or the community
-- that signed. rem: what is left of the whole; rem_cov, rem_law, rem_comp: at least so much of it is covered, lawful,
-- covered by competent approvals; slack: by so much the printed area may be off. An agreement over several places at once tells only its whole for each.
CREATE OR REPLACE TEMP TABLE pool AS
WITH place AS (
    SELECT c.agreement_key, p.community_key, CASE WHEN len(c.placed_groups) = 1 THEN c.placed_groups[1] END AS group_key,
           sum(c.area_umu)::BIGINT AS farm
    FROM link.coverage AS c JOIN paper.agreements AS p USING (row_id)
    WHERE (c.kind IN ('expropriation', 'reserve') OR c.kind IS NULL)
      AND (c.land_class IN ('basic_farmland', 'farmland') OR c.land_class IS NULL)
    GROUP BY ALL
)
SELECT
    place.agreement_key, place.community_key, place.group_key,
    CASE WHEN one_place AND NOT conflict THEN greatest(0, a.farm - known) ELSE place.farm END AS rem,
    CASE WHEN one_place THEN greatest(0, cov - known) ELSE 0 END AS rem_cov,
    CASE WHEN one_place THEN greatest(0, law - known) ELSE 0 END AS rem_law,
    CASE WHEN one_place THEN greatest(0, comp - known) ELSE 0 END AS rem_comp,
    a.slack
FROM place
JOIN agreement AS a USING (agreement_key)
WHERE NOT complete AND (CASE WHEN one_place AND NOT conflict THEN a.farm - known ELSE place.farm END) > 0;
