-- Rows that are set aside because a required cell cannot be read, or names nothing known.
CREATE OR REPLACE TABLE intake.lost AS
SELECT DISTINCT row_id
FROM intake.issues
WHERE table_name = $table_name AND fatal;
