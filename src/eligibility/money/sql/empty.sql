-- What the benefits of the rulebook come to: a row for each person, benefit and payer ("": nobody is named). Amounts are in 元;
-- amount_* is what the payer bears, whole_* the whole benefit; NULL: there is no figure.
CREATE OR REPLACE TABLE {table} (
    row_id BIGINT, resident_id VARCHAR, item BIGINT, place BIGINT, benefit VARCHAR, "class" VARCHAR, entitled VARCHAR,
    paid VARCHAR, amount_min DECIMAL(18, 2), amount_max DECIMAL(18, 2), unit VARCHAR, "from" DATE, "to" DATE, payer VARCHAR,
    share VARCHAR, assumed_parameters VARCHAR, unset_parameters VARCHAR, whole_min DECIMAL(18, 2), whole_max DECIMAL(18, 2),
    most BIGINT
);
