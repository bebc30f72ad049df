-- In the order of the input, for each person by benefit as the rulebook has them and by payer; without the columns of that order.
CREATE OR REPLACE TABLE {table} AS
SELECT * EXCLUDE (item, place) FROM {table} ORDER BY row_id, item, place;
