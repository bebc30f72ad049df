-- One row per agreement that may have taken farmland (kind expropriation, reserve or unknown; class farmland or unknown), with
-- its roll. approved_from, approved_to: first and last possible day of its approval; unbounded (at most the day of decision)
-- unless its whole area is certainly covered. classified: kind and class of all its lines are known. rounding: papers of
-- households have hundredths of a 亩, so an area that is no multiple of them was converted (公顷, ㎡) and may be off by half its
-- last digit; so may any of a coarse sheet. within_area: the by-parcel lines of the roll do not exceed the area. totals_match: the whole printed roll equals
-- the area, and no more than 0.05 亩, or half of its smallest line, could be missing. complete: totals_match, and no line was
-- rejected or contradicted by the papers of its household. allocated: area of the lines that count.
CREATE OR REPLACE TEMP TABLE agreement AS
WITH line AS (
    SELECT c.*, p.community_key, c.placed_groups AS group_keys, p.area_half_umu, p.conflict, p.signed_on_lo, p.signed_on_hi,
        c.kind IS NOT NULL AND c.land_class IS NOT NULL AS classified, coarse.half_umu AS coarse_half_umu
    FROM link.coverage AS c
    JOIN paper.agreements AS p USING (row_id)
    LEFT JOIN coarse_sheet AS coarse ON coarse.table_name = 'agreements' AND coarse.source = p.source
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
        sum(area_umu)::BIGINT AS farmland,
        sum(coalesce(area_half_umu, 0))::BIGINT AS half_unit,
        coalesce(sum(CASE WHEN area_umu % 10000 <> 0 THEN area_half_umu ELSE least(area_half_umu, coarse_half_umu) END)
            FILTER (area_umu % 10000 <> 0 OR coarse_half_umu IS NOT NULL), 0)::BIGINT AS rounding,
        coalesce(sum(covered_umu_min) FILTER (classified), 0)::BIGINT AS covered,
        coalesce(sum(law_umu_min) FILTER (classified), 0)::BIGINT AS lawful_area,
        coalesce(sum(competent_umu_min) FILTER (classified), 0)::BIGINT AS competent_area,
        bool_and(classified AND NOT conflict AND covered_umu_min = area_umu) AS fully_covered,
        bool_and(classified) AS classified,
        bool_or(conflict) AS conflict,
        bool_and(coalesce(kind = 'reserve', FALSE)) AS reserve,
        sum(possible)::INTEGER AS possible_approvals,
        bool_and(all_incompetent) AS all_incompetent,
        CASE WHEN bool_or(special) THEN TRUE WHEN bool_or(special IS NULL) THEN NULL ELSE FALSE END AS special,
        bool_or(contradictory) AS contradictory,
        min(signed_on_lo) AS signed_from,
        max(signed_on_hi) AS signed_to,
        min(approved_lo) AS approved_lo,
        max(approved_hi) AS approved_hi
    FROM line
    GROUP BY agreement_key
),
roll AS (
    SELECT
        agreement_key,
        count(*) FILTER (state = 'kept') AS lines,
        bool_and(state = 'kept' AND coalesce(basis = 'by_parcel', FALSE) AND area_umu IS NOT NULL) AS readable,
        coalesce(bool_or(basis = 'equal_share'), FALSE) AS equal_share,
        CASE WHEN bool_and(area_umu IS NOT NULL) THEN sum(area_umu)::BIGINT END AS printed, count(*) AS printed_lines
    FROM paper.payouts
    WHERE state <> 'duplicate'
    GROUP BY agreement_key
),
summed AS (
    SELECT
        agreement_key, sum(area_umu)::BIGINT AS listed, min(area_umu) AS smallest, count(*) AS lines,
        bool_or(exceeds_papers) AS exceeds_papers, bool_or(repetitions > 1) AS repeated,
        coalesce(sum(area_umu) FILTER (NOT exceeds_papers AND repetitions = 1), 0)::BIGINT AS reliable_once,
        coalesce(sum(area_umu) FILTER (NOT exceeds_papers), 0)::BIGINT AS reliable_all
    FROM roll_line GROUP BY agreement_key
),
-- the agreement also has land of another class: the lines of the roll may be of either
mixed AS (
    SELECT DISTINCT agreement_key FROM paper.agreements
    WHERE state <> 'duplicate' AND land_class NOT IN ('basic_farmland', 'farmland') AND coalesce(area_umu > 0, TRUE)
),
compared AS (
    SELECT
        paper.*, roll.lines, roll.readable, roll.printed, roll.printed_lines, coalesce(roll.equal_share, FALSE) AS equal_share,
            s.exceeds_papers, s.repeated, s.reliable_once, s.reliable_all,
        coalesce(s.listed, 0) AS listed, agreement_key IN (SELECT agreement_key FROM mixed) AS mixed,
        -- the tolerance for the printed rounding of the agreement is at most 0.05 亩
        coalesce(s.listed, 0) <= farmland + least(half_unit, 50000) + 5000 * coalesce(s.lines, 0) AS within_area,
        -- the total of the printed roll, including lines that do not count, equals the farmland of the agreement
        coalesce(printed BETWEEN farmland - least(half_unit, 50000) - 5000 * printed_lines AND farmland + least(half_unit,
            50000) + 5000 * printed_lines
            AND farmland + half_unit - printed <= greatest(s.smallest // 2, 50000), FALSE) AS totals_match
    FROM paper
    LEFT JOIN roll USING (agreement_key)
    LEFT JOIN summed AS s USING (agreement_key)
),
judged AS (
    SELECT *, coalesce(readable AND lines > 0 AND classified AND NOT conflict AND within_area AND totals_match
        AND NOT exceeds_papers, FALSE) AS complete
    FROM compared
)
SELECT
    judged.* EXCLUDE (approved_lo, approved_hi, lines, readable, exceeds_papers, repeated, reliable_once, reliable_all, listed,
        mixed, printed, printed_lines),
    CASE WHEN fully_covered THEN approved_lo ELSE DATE '0001-01-01' END AS approved_from,
    CASE WHEN fully_covered THEN least(approved_hi, getvariable('as_of')) ELSE getvariable('as_of') END AS approved_to,
    -- roll_doubtful: the lines are only upper bounds
    NOT within_area OR (mixed AND NOT totals_match) AS roll_doubtful,
    CASE WHEN NOT within_area OR (mixed AND NOT totals_match) THEN 0 WHEN totals_match THEN coalesce(reliable_all, 0)
        ELSE coalesce(reliable_once, 0) END AS allocated,
    fully_covered AND lawful_area = farmland AS lawful,
    fully_covered AND competent_area = farmland AS competent,
    fully_covered AND (approved_hi < getvariable('start_date') OR coalesce(all_incompetent, FALSE)) AS unlawful
FROM judged;
