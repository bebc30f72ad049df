-- Lines of a roll add up: two that are alike are two payments, not one written twice.
CREATE OR REPLACE TABLE intake.repeats (row_id BIGINT, first_id BIGINT, differs VARCHAR[]);
