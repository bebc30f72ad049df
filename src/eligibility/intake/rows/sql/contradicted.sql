-- First rows of which a later row says otherwise, and in which columns.
CREATE OR REPLACE TABLE intake.contradicted AS
SELECT first_id, list_sort(list_distinct(flatten(list(differs)))) AS columns
FROM intake.repeats
WHERE len(differs) > 0
GROUP BY first_id;
