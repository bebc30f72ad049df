-- fact.persons: one row of facts per person, by the glossary rules/facts.yaml. NULL ends are unbounded, NULL truth values unknown.
CREATE OR REPLACE TABLE fact.persons AS
WITH signing AS (
    -- the last agreement that took land of the household; one that may not have taken any counts for the latest day only
    SELECT
        household_id, coalesce(max(signed_from) FILTER (taken > 0), DATE '0001-01-01') AS signed_from_last,
        max(signed_to) AS signed_to_last
    FROM fact.affecting_agreements
    GROUP BY household_id
),
joined AS (
    SELECT
        p.*, land_loss.* EXCLUDE (household_id), missing_evidence.* EXCLUDE (household_id), title_evidence.* EXCLUDE (household_id),
        missing_list.* EXCLUDE (row_id),
        doubtful_heads, pending_heads, registered, place, at_school,
        disagrees, incomplete, signed_from_last, signed_to_last,
        nullif(approval_date_from, DATE '0001-01-01') AS approved_from, approval_date_to AS approved_to,
        CASE WHEN land_loss.household_id IS NULL THEN NULL ELSE affecting_agreements IS NULL AND NOT is_open END AS untouched
    FROM person AS p
    LEFT JOIN missing_list USING (row_id)
    LEFT JOIN land_loss USING (household_id)
    LEFT JOIN missing_evidence USING (household_id)
    LEFT JOIN title_evidence USING (household_id)
    LEFT JOIN approval_span USING (household_id)
    LEFT JOIN heads USING (household_id)
    LEFT JOIN membership USING (row_id)
    LEFT JOIN hukou USING (hukou_place)
    LEFT JOIN opinion USING (resident_id)
    LEFT JOIN school USING (row_id)
    LEFT JOIN signing USING (household_id)
)
SELECT
    row_id,
    own_area_min AS own_area_lo, own_area_max AS own_area_hi,
    lawful_loss_min AS lawful_loss_lo, lawful_loss_max AS lawful_loss_hi,
    CASE WHEN NOT earlier_refuted THEN remaining_area_min END AS remaining_area_lo,
    CASE WHEN NOT earlier_open THEN remaining_area_max END AS remaining_area_hi,
    heads_min AS heads_lo, heads_max AS heads_hi,
    CASE WHEN NOT earlier_refuted AND heads_max > 0 THEN remaining_area_min * 100 // heads_max END AS remaining_per_head_lo,
    CASE WHEN NOT earlier_open AND heads_min > 0 THEN (remaining_area_max * 100 + heads_min - 1) // heads_min END AS remaining_per_head_hi,
    approved_from AS approval_date_lo, approved_to AS approval_date_hi,
    CASE WHEN id_valid THEN full_years(born, approved_from) END AS age_at_approval_lo,
    CASE WHEN id_valid THEN full_years(born, approved_to) END AS age_at_approval_hi,
    CASE WHEN covered_loss_min > 0 THEN TRUE WHEN untouched THEN FALSE END AS covered_taking,
    CASE WHEN competent_loss_min > 0 AND competent_loss_min = covered_loss_min THEN TRUE WHEN all_incompetent AND NOT is_open
        THEN FALSE END AS approval_competent,
    CASE WHEN registered AND title_held THEN TRUE END AS contract_right,
    registered AS registered_member,
    place AS hukou_district,
    public_staff, officer, coalesce(student, at_school) AS student, employee_pension,
    CASE WHEN deceased_on_hi <= getvariable('as_of') THEN TRUE WHEN deceased_on_lo > getvariable('as_of') THEN FALSE END AS deceased,
    CASE WHEN own_unknown IS NULL THEN NULL WHEN affecting_agreements IS NULL THEN FALSE ELSE special END AS special_works,
    imprisoned,
    disputed AS membership_disputed,
    CASE WHEN resident_id IN (SELECT resident_id FROM opinion) THEN disagrees ELSE FALSE END AS opinion_disagrees,
    CASE WHEN resident_id IN (SELECT resident_id FROM opinion) THEN incomplete ELSE FALSE END AS opinion_incomplete,
    CASE WHEN id_valid THEN born END AS birth_date_lo, CASE WHEN id_valid THEN born END AS birth_date_hi,
    CASE WHEN id_valid THEN CASE WHEN CAST(substr(resident_id, 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END END AS sex,
    nullif(signed_from_last, DATE '0001-01-01') AS agreement_date_lo, nullif(signed_to_last, DATE '9999-12-31') AS agreement_date_hi,
    id_valid AS identity_valid,
    len(conflicts) > 0 OR coalesce(contradictory, FALSE) AS evidence_conflict,
    coalesce(reserve_only, FALSE) AS gap_reserve_only,
    coalesce(approval_possible, FALSE) AS gap_approval_possible,
    coalesce(approval_missing, FALSE) OR coalesce(is_open, FALSE) AS gap_approval_missing,
    coalesce(pooled, FALSE) AS gap_group_level,
    coalesce(equal_share, FALSE) AS gap_equal_share,
    coalesce(roll_missing, FALSE) AS gap_roll_missing,
    coalesce(own_unknown, FALSE) AS gap_own_area,
    coalesce(doubtful_heads, FALSE) AS gap_heads,
    coalesce(pending_heads, FALSE) AS gap_heads_list,
    coalesce(gap_staff_list, FALSE) AS gap_staff_list,
    coalesce(gap_officer_list, FALSE) AS gap_officer_list,
    coalesce(gap_school_list, FALSE) AS gap_school_list,
    coalesce(gap_pension_list, FALSE) AS gap_pension_list,
    coalesce(gap_prison_list, FALSE) AS gap_prison_list,
    coalesce(gap_death_list, FALSE) AS gap_death_list,
    coalesce(unlawful_before, FALSE) AS gap_earlier_taking,
    coalesce(present, TRUE) AS title_present,
    coalesce(substitute, FALSE) AS title_substitute,
    coalesce(policy_used, FALSE) AS shared_land_used,
    coalesce(works_by_name, FALSE) AS works_by_name
FROM joined
ORDER BY row_id;
