-- How areas and days are printed: micro-亩 to four decimals of 亩, and unknown ends of a range of days to blank.
CREATE OR REPLACE TEMP MACRO four_decimals(tenthousandths) AS
    format('{:d}.{:04d}', (tenthousandths // 10000)::BIGINT, (tenthousandths % 10000)::BIGINT);
CREATE OR REPLACE TEMP MACRO mu_down(umu) AS four_decimals(umu // 100);
CREATE OR REPLACE TEMP MACRO mu_up(umu) AS four_decimals((umu + 99) // 100);
CREATE OR REPLACE TEMP MACRO mu_near(umu) AS four_decimals((umu + 50) // 100);
CREATE OR REPLACE TEMP MACRO day_text(day) AS
    CASE WHEN day NOT IN (DATE '0001-01-01', DATE '9999-12-31') THEN strftime(day, '%Y-%m-%d') END;
