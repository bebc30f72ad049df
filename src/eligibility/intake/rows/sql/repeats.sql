-- Later rows of one thing, the first row of it, and the contract columns in which the two differ.
CREATE OR REPLACE TABLE intake.repeats AS
WITH hashed AS (
    SELECT t.row_id, hash({key}) AS h
    FROM intake.read AS t
    ANTI JOIN intake.lost AS x ON x.row_id = t.row_id
),
candidates AS (
    SELECT row_id FROM hashed WHERE h IN (SELECT h FROM hashed GROUP BY h HAVING count(*) > 1)
),
ranked AS (
    SELECT row_id, min(row_id) OVER (PARTITION BY {key}) AS first_id, {same}
    FROM intake.read
    WHERE row_id IN (SELECT row_id FROM candidates)
)
SELECT l.row_id, l.first_id, list_filter([{differs}], lambda one: one IS NOT NULL) AS differs
FROM ranked AS l
JOIN ranked AS f ON f.row_id = l.first_id
WHERE l.row_id <> l.first_id;
