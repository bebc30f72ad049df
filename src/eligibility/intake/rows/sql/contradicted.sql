-- First rows of which a later row says otherwise, and in which columns; and rows that prove nothing by their remark.
CREATE OR REPLACE TABLE intake.contradicted AS
SELECT first_id, list_sort(list_distinct(flatten(list(differs)))) AS columns
FROM (
    SELECT first_id, differs FROM intake.repeats WHERE len(differs) > 0
    UNION ALL
    SELECT row_id, []::VARCHAR[] FROM intake.doubted
)
GROUP BY first_id;
