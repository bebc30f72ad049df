-- One row an agreement that may have taken farmland (kind expropriation, reserve or not known; class farmland or not
-- known), with its roll. f, t: the days on which its approval may have been given; unbounded (at most the day of
-- decision) unless all of it is certainly covered. slack: papers of households count in hundredths of a 亩, so an area that
-- is no whole number of them was converted (公顷, ㎡) and may be off by half its last digit. A roll is complete when its by-parcel lines add up to the area within
-- half the last printed digit plus 0.005 亩 a line, and no line of it was lost.
CREATE OR REPLACE TEMP TABLE agreement AS
WITH line AS (
    SELECT c.*, p.community_key, c.placed_groups AS group_keys, p.area_half_umu, p.conflict, c.kind IS NOT NULL AND c.land_class IS NOT NULL AS sure
    FROM link.coverage AS c
    JOIN paper.agreements AS p USING (row_id)
    WHERE (c.kind IN ('expropriation', 'reserve') OR c.kind IS NULL)
      AND (c.land_class IN ('basic_farmland', 'farmland') OR c.land_class IS NULL)
      AND c.area_umu > 0
),
paper AS (
    SELECT
        agreement_key,
        count(DISTINCT (community_key, group_keys)) = 1 AS one_place,
        any_value(community_key) AS community_key,
        any_value(group_keys) AS group_keys,
        sum(area_umu)::BIGINT AS farm,
        sum(coalesce(area_half_umu, 0))::BIGINT AS half,
        coalesce(sum(area_half_umu) FILTER (area_umu % 10000 <> 0), 0)::BIGINT AS slack,
        coalesce(sum(covered_umu_min) FILTER (sure), 0)::BIGINT AS cov,
        coalesce(sum(law_umu_min) FILTER (sure), 0)::BIGINT AS law,
        coalesce(sum(competent_umu_min) FILTER (sure), 0)::BIGINT AS comp,
        bool_and(sure AND NOT conflict AND covered_umu_min = area_umu) AS whole,
        bool_and(sure) AS sure,
        bool_or(conflict) AS conflict,
        bool_and(coalesce(kind = 'reserve', FALSE)) AS reserve,
        sum(possible)::INTEGER AS possible,
        bool_and(all_incompetent) AS all_incompetent,
        CASE WHEN bool_or(special) THEN TRUE WHEN bool_or(special IS NULL) THEN NULL ELSE FALSE END AS special,
        bool_or(contradictory) AS contradictory,
        min(approved_lo) AS approved_lo,
        max(approved_hi) AS approved_hi
    FROM line
    GROUP BY agreement_key
),
roll AS (
    SELECT
        agreement_key,
        count(*) FILTER (state = 'kept') AS lines,
        coalesce(sum(area_umu) FILTER (state = 'kept' AND basis = 'by_parcel'), 0)::BIGINT AS known,
        bool_and(state = 'kept' AND coalesce(basis = 'by_parcel', FALSE) AND area_umu IS NOT NULL) AS readable,
        coalesce(bool_or(basis = 'equal_share'), FALSE) AS equal_share
    FROM paper.payouts
    GROUP BY agreement_key
)
SELECT
    paper.* EXCLUDE (approved_lo, approved_hi),
    CASE WHEN whole THEN approved_lo ELSE DATE '0001-01-01' END AS f,
    CASE WHEN whole THEN least(approved_hi, getvariable('as_of')) ELSE getvariable('as_of') END AS t,
    coalesce(roll.known, 0) AS known,
    coalesce(roll.equal_share, FALSE) AS equal_share,
    coalesce(
        roll.readable AND roll.lines > 0 AND sure AND NOT conflict AND abs(roll.known - farm) <= half + 5000 * roll.lines,
        FALSE
    ) AS complete,
    whole AND law = farm AS lawful,
    whole AND comp = farm AS competent,
    whole AND (approved_hi < getvariable('start_date') OR coalesce(all_incompetent, FALSE)) AS unlawful
FROM paper
LEFT JOIN roll USING (agreement_key);
