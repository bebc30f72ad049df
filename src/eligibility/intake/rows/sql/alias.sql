-- Those rows under the number of the roster; the number as it was written is kept.
INSERT INTO paper.referred
SELECT source, "row", 'household_id', household_id, 'spelling'
FROM intake.read JOIN intake.household_alias AS a ON a.written = household_id;

UPDATE intake.read SET household_id = a.meant
FROM intake.household_alias AS a
WHERE a.written = household_id;
