-- Those rows under the number of the roster.
UPDATE intake.read SET household_id = a.meant
FROM intake.household_alias AS a
WHERE a.written = household_id;
