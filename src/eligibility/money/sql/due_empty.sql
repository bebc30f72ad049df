-- What is due: a row for each person, benefit, period and payer. `why` says why it cannot be paid (NULL: it can), fen is then NULL.
CREATE OR REPLACE TEMP TABLE {table} (
    row_id BIGINT, resident_id VARCHAR, benefit VARCHAR, paid VARCHAR, period VARCHAR, reckoned_on DATE, payer VARCHAR, share VARCHAR,
    fen BIGINT, low BIGINT, high BIGINT, most BIGINT, "class" VARCHAR, why VARCHAR
);
