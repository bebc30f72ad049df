-- verdict.persons: the profile of every person, in input order.
CREATE OR REPLACE TABLE verdict.persons AS
SELECT marks.row_id, profile_keys.profile_id
FROM verdict.marks AS marks
JOIN profile_keys USING ({keys})
ORDER BY marks.row_id
