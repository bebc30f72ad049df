-- Persons with contradicted values removed: a column in which rows of the same person differ is unknown, and so are membership
-- dates that end before they begin; if the rows differ in the household, the person has no facts of the household.
CREATE OR REPLACE TEMP TABLE person AS
SELECT
    row_id, resident_id, regexp_replace(name, '[\s·•．.・()（）]', '', 'g') AS name_key, id_valid
        AND born <= getvariable('as_of') AS id_valid, born, conflicts,
    household_id AS listed_household,
    CASE WHEN list_has_any(conflicts, ['household_id', 'community', 'group']) THEN NULL ELSE household_id END AS household_id,
    CASE WHEN moved THEN DATE '0001-01-01' ELSE member_from_lo END AS member_from_lo,
    CASE WHEN moved THEN DATE '9999-12-31' ELSE member_from_hi END AS member_from_hi,
    CASE WHEN moved THEN DATE '0001-01-01' ELSE member_to_lo END AS member_to_lo,
    CASE WHEN moved THEN DATE '9999-12-31' ELSE member_to_hi END AS member_to_hi,
    CASE WHEN dying THEN DATE '0001-01-01' ELSE deceased_on_lo END AS deceased_on_lo,
    CASE WHEN dying THEN DATE '9999-12-31' ELSE deceased_on_hi END AS deceased_on_hi,
    CASE WHEN list_contains(conflicts, 'membership_dispute') THEN NULL ELSE membership_dispute <> '' END AS disputed,
    CASE WHEN list_contains(conflicts, 'hukou_place') THEN NULL ELSE hukou_place END AS hukou_place,
    CASE WHEN list_contains(conflicts, 'public_staff') THEN NULL ELSE public_staff END AS public_staff,
    CASE WHEN list_contains(conflicts, 'officer') THEN NULL ELSE officer END AS officer,
    CASE WHEN list_contains(conflicts, 'student') THEN NULL ELSE student END AS student,
    CASE WHEN list_contains(conflicts, 'employee_pension') THEN NULL ELSE employee_pension END AS employee_pension,
    CASE WHEN list_contains(conflicts, 'imprisoned') THEN NULL ELSE imprisoned END AS imprisoned
FROM (
    SELECT *, list_has_any(conflicts, ['member_from', 'member_to']) OR member_to_hi <= member_from_lo AS moved,
        list_contains(conflicts, 'deceased_on') AS dying
    FROM (SELECT * REPLACE (coalesce(conflicts, []::VARCHAR[]) AS conflicts) FROM paper.persons WHERE state = 'kept')
);
