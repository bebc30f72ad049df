-- person_points: for each person the issue types that are open, the topic and its key: the person, or a comparison list that was
-- not supplied for the whole roster. For a cell in which rows contradict, the question is which row is right.
CREATE OR REPLACE TEMP TABLE person_points AS
WITH fact_of AS (
    SELECT
        f.*, p.resident_id, p.conflicts,
        p.born + to_years(getvariable('student_age_limit')) <= greatest(coalesce(h.approval_date_from, DATE '0001-01-01'), getvariable('start_date')) AS past_school
    FROM fact.persons AS f
    JOIN review_persons USING (row_id)
    JOIN paper.persons AS p USING (row_id)
    LEFT JOIN fact.households AS h ON h.household_id = review_persons.household_id
),
open AS (
    SELECT row_id, resident_id, conflicts, unnest([
        {'issue_type': 'identity', 'topic': 'identity', 'col': 'resident_id', 'pending': FALSE, 'yes': NOT identity_valid},
        {'issue_type': 'school', 'topic': 'school', 'col': 'student', 'pending': gap_school_list,
         'yes': student IS NULL AND NOT coalesce(identity_valid AND past_school, FALSE)},
        {'issue_type': 'staff', 'topic': 'staff', 'col': 'public_staff', 'pending': gap_staff_list, 'yes': public_staff IS NULL},
        {'issue_type': 'officer', 'topic': 'officer', 'col': 'officer', 'pending': gap_officer_list, 'yes': officer IS NULL},
        {'issue_type': 'pension', 'topic': 'pension', 'col': 'employee_pension', 'pending': gap_pension_list, 'yes': employee_pension IS NULL},
        {'issue_type': 'hukou', 'topic': 'hukou', 'col': 'hukou_place', 'pending': FALSE, 'yes': hukou_district IS NULL},
        {'issue_type': 'death', 'topic': 'death', 'col': 'deceased_on', 'pending': gap_death_list, 'yes': deceased IS NULL},
        {'issue_type': 'imprisoned', 'topic': 'imprisoned', 'col': 'imprisoned', 'pending': gap_prison_list AND imprisoned IS NULL, 'yes': imprisoned IS NOT FALSE},
        {'issue_type': 'disagreement', 'topic': 'disagreement', 'col': '', 'pending': FALSE, 'yes': opinion_disagrees IS NOT FALSE},
        {'issue_type': 'incomplete', 'topic': 'incomplete', 'col': '', 'pending': FALSE, 'yes': opinion_incomplete IS NOT FALSE},
        {'issue_type': 'conflict', 'topic': 'conflict', 'col': '', 'pending': FALSE, 'yes': len(conflicts) > 0}
    ], recursive := true)
    FROM fact_of
)
SELECT row_id, issue_type, 'conflict' AS topic, resident_id AS key
FROM open
WHERE yes AND list_contains(conflicts, col)
UNION ALL
SELECT row_id, issue_type, CASE WHEN pending THEN 'list_' || topic ELSE topic END, CASE WHEN pending THEN col ELSE resident_id END
FROM open
WHERE yes AND NOT list_contains(conflicts, col)
UNION ALL
SELECT row_id, 'membership', topic, resident_id FROM uncertain_members JOIN review_persons USING (row_id)
UNION ALL
-- all dates are known, and the person was a member at one taking but not at another
SELECT row_id, 'membership', 'between', resident_id
FROM fact.persons
JOIN review_persons USING (row_id)
WHERE registered_member IS NULL
  AND household_id NOT IN (SELECT household_id FROM open_points WHERE issue_type IN ('link', 'roll', 'day', 'listing'))
  AND row_id NOT IN (SELECT row_id FROM uncertain_members);
