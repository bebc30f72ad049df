-- fact.persons: one row of facts a person, by the glossary rules/facts.yaml. NULL ends are unbounded, NULL truths not known.
CREATE OR REPLACE TABLE fact.persons AS
WITH joined AS (
    SELECT
        p.*, loss.* EXCLUDE (household_id), gap.* EXCLUDE (household_id), title.* EXCLUDE (household_id),
        missing_list.* EXCLUDE (row_id),
        doubtful_heads, pending_heads, registered, place,
        disagrees, incomplete,
        nullif(a_lo, DATE '0001-01-01') AS approved_lo, a_hi AS approved_hi,
        CASE WHEN loss.household_id IS NULL THEN NULL ELSE touches IS NULL AND NOT is_open END AS untouched
    FROM person AS p
    LEFT JOIN missing_list USING (row_id)
    LEFT JOIN loss USING (household_id)
    LEFT JOIN gap USING (household_id)
    LEFT JOIN title USING (household_id)
    LEFT JOIN span USING (household_id)
    LEFT JOIN heads USING (household_id)
    LEFT JOIN membership USING (row_id)
    LEFT JOIN hukou USING (hukou_place)
    LEFT JOIN opinion USING (resident_id)
)
SELECT
    row_id,
    own_lo AS own_area_lo, own_hi AS own_area_hi,
    lawful_lo AS lawful_loss_lo, lawful_hi AS lawful_loss_hi,
    CASE WHEN NOT earlier_refuted THEN remaining_lo END AS remaining_area_lo,
    CASE WHEN NOT earlier_open THEN remaining_hi END AS remaining_area_hi,
    heads_lo, heads_hi,
    CASE WHEN NOT earlier_refuted AND heads_hi > 0 THEN remaining_lo * 100 // heads_hi END AS remaining_per_head_lo,
    CASE WHEN NOT earlier_open AND heads_lo > 0 THEN (remaining_hi * 100 + heads_lo - 1) // heads_lo END AS remaining_per_head_hi,
    approved_lo AS approval_date_lo, approved_hi AS approval_date_hi,
    CASE WHEN id_valid THEN full_years(born, approved_lo) END AS age_at_approval_lo,
    CASE WHEN id_valid THEN full_years(born, approved_hi) END AS age_at_approval_hi,
    CASE WHEN covered_lo > 0 THEN TRUE WHEN untouched THEN FALSE END AS covered_taking,
    CASE WHEN competent_lo > 0 AND competent_lo = covered_lo THEN TRUE WHEN all_incompetent AND NOT is_open THEN FALSE END AS approval_competent,
    CASE WHEN registered AND held THEN TRUE END AS contract_right,
    registered AS registered_member,
    place AS hukou_district,
    public_staff, officer, student, employee_pension,
    CASE WHEN deceased_on_hi <= getvariable('as_of') THEN TRUE WHEN deceased_on_lo > getvariable('as_of') THEN FALSE END AS deceased,
    CASE WHEN own_unknown IS NULL THEN NULL WHEN touches IS NULL THEN FALSE ELSE special END AS special_works,
    imprisoned,
    disputed AS membership_disputed,
    CASE WHEN resident_id IN (SELECT resident_id FROM opinion) THEN disagrees ELSE FALSE END AS opinion_disagrees,
    CASE WHEN resident_id IN (SELECT resident_id FROM opinion) THEN incomplete ELSE FALSE END AS opinion_incomplete,
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
