-- km-reform on 2022-10-31 written out by hand: outcome and reasons of every person, for comparison only.
-- Every new clause, number or reason must be written here again; that is what the rule files save.
CREATE OR REPLACE TABLE answers AS
WITH marked AS (
    -- a condition is TRUE (proven), FALSE (refuted) or NULL (open): SQL's own three values are Kleene's
    SELECT
        *,
        CASE WHEN lawful_loss_lo > 0 THEN TRUE WHEN lawful_loss_hi <= 0 THEN FALSE END AS lost,
        CASE WHEN remaining_area_lo = 0 AND remaining_area_hi = 0 THEN TRUE
             WHEN remaining_area_lo > 0 OR remaining_area_hi < 0 THEN FALSE END AS nothing_left,
        CASE WHEN remaining_per_head_hi < 30000000 THEN TRUE
             WHEN remaining_per_head_lo > 30000000 THEN FALSE END AS little_left,
        remaining_per_head_lo = 30000000 AND remaining_per_head_hi = 30000000 AS at_line,
        CASE WHEN age_at_approval_lo >= 16 THEN TRUE WHEN age_at_approval_hi < 16 THEN FALSE END AS adult,
        CASE WHEN NOT student THEN TRUE WHEN student THEN FALSE
             WHEN age_at_approval_lo >= 30 THEN TRUE END AS not_in_school,
        CASE WHEN approval_date_lo >= DATE '2009-01-01' THEN TRUE
             WHEN approval_date_hi < DATE '2009-01-01' THEN FALSE END AS after_start,
        hukou_district = '呈贡区' AS local_place
    FROM fact.persons
),
judged AS (
    SELECT
        *,
        (lost AND nothing_left) OR (lost AND little_left) AS most_lost,
        gap_approval_possible AND NOT gap_reserve_only AS possible,
        NOT gap_equal_share AND NOT gap_roll_missing AS rolls_known
    FROM marked
),
weighed AS (
    SELECT
        *,
        covered_taking AND most_lost AND contract_right AND registered_member AND local_place
            AND NOT public_staff AND NOT officer AND NOT deceased AS demands,
        after_start AND approval_competent AND NOT special_works AND NOT imprisoned AND NOT membership_disputed
            AND NOT opinion_disagrees AND NOT opinion_incomplete AND identity_valid AND NOT evidence_conflict AS refers,
        adult AND not_in_school AS registers
    FROM judged
),
decided AS (
    SELECT
        *,
        CASE
            WHEN demands IS FALSE THEN 'not_eligible'
            WHEN demands IS NULL OR refers IS NOT TRUE OR registers IS NULL THEN 'manual_review'
            WHEN registers THEN 'eligible'
            ELSE 'register'
        END AS outcome
    FROM weighed
),
reasoned AS (
    SELECT
        row_id, outcome,
        CASE outcome
        WHEN 'not_eligible' THEN [
            CASE WHEN NOT covered_taking THEN 'collective_land' END,
            CASE WHEN NOT covered_taking THEN 'government_expropriation' END,
            CASE WHEN NOT covered_taking THEN 'approval_exists' END,
            CASE WHEN NOT most_lost THEN 'most_land_lost' END,
            CASE WHEN NOT contract_right THEN 'contract_right' END,
            CASE WHEN NOT registered_member THEN 'registered_member' END,
            CASE WHEN NOT local_place THEN 'local_place' END,
            CASE WHEN public_staff THEN 'not_public_staff' END,
            CASE WHEN officer THEN 'not_officer' END,
            CASE WHEN deceased THEN 'alive' END
        ]
        WHEN 'register' THEN [
            CASE WHEN NOT adult THEN 'adult' END,
            CASE WHEN NOT not_in_school THEN 'not_in_school' END
        ]
        WHEN 'manual_review' THEN list_concat(
            -- why coverage is open: the same five lines for every clause that rests on it
            CASE WHEN covered_taking IS NULL OR registered_member IS NULL OR after_start IS NULL OR approval_competent IS NULL
                   OR (adult IS NULL AND registers IS NOT FALSE)
            THEN [
                CASE WHEN gap_reserve_only THEN 'reserve_land_without_approval' END,
                CASE WHEN possible THEN 'approval_ambiguous' END,
                CASE WHEN gap_approval_missing THEN 'approval_not_found' END,
                CASE WHEN gap_group_level THEN 'group_level_agreement' END
            ] ELSE [] END,
            CASE WHEN (covered_taking IS NULL OR after_start IS NULL) AND no_gap THEN ['approval_not_found'] ELSE [] END,
            CASE WHEN approval_competent IS NULL AND no_gap THEN ['approval_conflict'] ELSE [] END,
            CASE WHEN registered_member IS NULL THEN [
                CASE WHEN membership_disputed THEN 'membership_disputed' END,
                CASE WHEN no_gap AND membership_disputed IS NOT TRUE THEN 'status_unknown' END
            ] ELSE [] END,
            CASE WHEN most_lost IS NULL THEN most_reasons ELSE [] END,
            CASE WHEN most_lost IS NULL AND list_count(most_reasons) = 0 THEN ['status_unknown'] ELSE [] END,
            CASE WHEN contract_right IS NULL THEN right_reasons ELSE [] END,
            CASE WHEN contract_right IS NULL AND list_count(right_reasons) = 0 THEN ['status_unknown'] ELSE [] END,
            CASE WHEN local_place IS NULL OR public_staff IS NULL OR officer IS NULL OR deceased IS NULL
            THEN ['status_unknown'] ELSE [] END,
            CASE WHEN adult IS NULL AND registers IS NOT FALSE THEN [
                CASE WHEN NOT identity_valid THEN 'identity_invalid' END,
                CASE WHEN no_gap AND identity_valid IS NOT FALSE THEN 'status_unknown' END
            ] ELSE [] END,
            CASE WHEN not_in_school IS NULL AND registers IS NOT FALSE THEN ['status_unknown'] ELSE [] END,
            [
                CASE WHEN NOT after_start THEN 'expropriated_before_start' END,
                CASE WHEN NOT approval_competent THEN 'approval_conflict' END,
                CASE WHEN special_works IS NOT FALSE THEN 'special_works' END,
                CASE WHEN imprisoned IS NOT FALSE THEN 'imprisoned' END,
                CASE WHEN membership_disputed IS NOT FALSE THEN 'membership_disputed' END,
                CASE WHEN opinion_disagrees IS NOT FALSE THEN 'conflicting_evidence' END,
                CASE WHEN opinion_incomplete IS NOT FALSE THEN 'confirmation_incomplete' END,
                CASE WHEN identity_valid IS NOT TRUE THEN 'identity_invalid' END,
                CASE WHEN evidence_conflict IS NOT FALSE THEN 'conflicting_evidence' END
            ]
        )
        ELSE [] END AS reasons
    FROM (
        SELECT
            *,
            NOT coalesce(gap_reserve_only, FALSE) AND NOT coalesce(possible, FALSE)
                AND NOT coalesce(gap_approval_missing, FALSE) AND NOT coalesce(gap_group_level, FALSE) AS no_gap,
            [
                CASE WHEN gap_equal_share THEN 'shared_compensation' END,
                CASE WHEN gap_roll_missing THEN 'group_level_agreement' END,
                CASE WHEN at_line THEN 'at_threshold' END,
                CASE WHEN gap_reserve_only AND rolls_known THEN 'reserve_land_without_approval' END,
                CASE WHEN possible AND rolls_known THEN 'approval_ambiguous' END,
                CASE WHEN gap_approval_missing AND rolls_known THEN 'approval_not_found' END,
                CASE WHEN gap_group_level AND rolls_known THEN 'group_level_agreement' END,
                CASE WHEN gap_own_area AND NOT title_substitute THEN 'missing_title_certificate' END,
                CASE WHEN gap_own_area AND title_substitute THEN 'substitute_title_only' END,
                CASE WHEN gap_heads THEN 'status_unknown' END,
                CASE WHEN gap_earlier_taking OR NOT after_start THEN 'expropriated_before_start' END,
                CASE WHEN NOT approval_competent OR (covered_taking AND approval_competent IS NULL) THEN 'approval_conflict' END
            ] AS most_reasons,
            [
                CASE WHEN NOT title_present AND NOT title_substitute THEN 'missing_title_certificate' END,
                CASE WHEN title_substitute AND NOT title_present THEN 'substitute_title_only' END,
                CASE WHEN title_present AND membership_disputed THEN 'membership_disputed' END,
                CASE WHEN gap_reserve_only AND title_present THEN 'reserve_land_without_approval' END,
                CASE WHEN possible AND title_present THEN 'approval_ambiguous' END,
                CASE WHEN gap_approval_missing AND title_present THEN 'approval_not_found' END,
                CASE WHEN gap_group_level AND title_present THEN 'group_level_agreement' END
            ] AS right_reasons
        FROM decided
    )
)
SELECT
    row_id, outcome,
    coalesce(array_to_string(list_sort(list_distinct(list_filter(reasons, lambda r: r IS NOT NULL))), ';'), '') AS reasons
FROM reasoned
ORDER BY row_id
