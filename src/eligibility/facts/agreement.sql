-- One row an agreement that may have taken farmland (kind expropriation, reserve or not known; class farmland or not
-- known), with its roll. f, t: the days on which its approval may have been given; unbounded (at most the day of
-- decision) unless all of it is certainly covered. slack: papers of households count in hundredths of a 亩, so an area that
-- is no whole number of them was converted (公顷, ㎡) and may be off by half its last digit. A roll fits while its by-parcel
-- lines do not exceed the area; it is complete when they add up to it, no line was lost or is contradicted by the paper of its household, and
-- no more than 0.05 亩, or half of its smallest line, could be missing.
CREATE OR REPLACE TEMP TABLE agreement AS
WITH line AS (
    SELECT c.*, p.community_key, c.placed_groups AS group_keys, p.area_half_umu, p.conflict, p.signed_on_lo, p.signed_on_hi, c.kind IS NOT NULL AND c.land_class IS NOT NULL AS sure
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
        min(signed_on_lo) AS signed_lo,
        max(signed_on_hi) AS signed_hi,
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
        bool_or(overdrawn) AS overdrawn, bool_or(copies > 1) AS repeated,
        coalesce(sum(area_umu) FILTER (NOT overdrawn AND copies = 1), 0)::BIGINT AS sure_once,
        coalesce(sum(area_umu) FILTER (NOT overdrawn), 0)::BIGINT AS sure
    FROM roll_line GROUP BY agreement_key
),
-- land of another class beside the farmland: the lines of the roll may be of either
mixed AS (
    SELECT DISTINCT agreement_key FROM paper.agreements
    WHERE state <> 'duplicate' AND land_class NOT IN ('basic_farmland', 'farmland') AND coalesce(area_umu > 0, TRUE)
),
compared AS (
    SELECT
        paper.*, roll.lines, roll.readable, roll.printed, roll.printed_lines, coalesce(roll.equal_share, FALSE) AS equal_share, s.overdrawn, s.repeated, s.sure_once, s.sure AS sure_all,
        coalesce(s.listed, 0) AS listed, agreement_key IN (SELECT agreement_key FROM mixed) AS mixed,
        -- no more than 0.05 亩 of how coarsely the agreement was printed is allowed for
        coalesce(s.listed, 0) <= farm + least(half, 50000) + 5000 * coalesce(s.lines, 0) AS fits,
        -- everything printed on the roll, lines that do not count too, is the farmland of the agreement
        coalesce(printed BETWEEN farm - least(half, 50000) - 5000 * printed_lines AND farm + least(half, 50000) + 5000 * printed_lines
            AND farm + half - printed <= greatest(s.smallest // 2, 50000), FALSE) AS closes
    FROM paper
    LEFT JOIN roll USING (agreement_key)
    LEFT JOIN summed AS s USING (agreement_key)
),
judged AS (
    SELECT *, coalesce(readable AND lines > 0 AND sure AND NOT conflict AND fits AND closes AND NOT overdrawn, FALSE) AS complete
    FROM compared
)
SELECT
    judged.* EXCLUDE (approved_lo, approved_hi, lines, readable, overdrawn, repeated, sure_once, sure_all, listed, mixed, printed, printed_lines),
    CASE WHEN whole THEN approved_lo ELSE DATE '0001-01-01' END AS f,
    CASE WHEN whole THEN least(approved_hi, getvariable('as_of')) ELSE getvariable('as_of') END AS t,
    -- doubted: what the lines say is an upper bound at most
    NOT fits OR (mixed AND NOT closes) AS doubted,
    CASE WHEN NOT fits OR (mixed AND NOT closes) THEN 0 WHEN closes THEN coalesce(sure_all, 0) ELSE coalesce(sure_once, 0) END AS known,
    whole AND law = farm AS lawful,
    whole AND comp = farm AS competent,
    whole AND (approved_hi < getvariable('start_date') OR coalesce(all_incompetent, FALSE)) AS unlawful
FROM judged;
