-- The working schema and the four tables of `paper` that tell of the reading itself.
DROP SCHEMA IF EXISTS paper CASCADE;
DROP SCHEMA IF EXISTS intake CASCADE;
CREATE SCHEMA paper;
CREATE SCHEMA intake;
CREATE TABLE paper.sources (source INTEGER, table_name VARCHAR, file VARCHAR, sheet VARCHAR, sha256 VARCHAR);
CREATE TABLE paper.headers (source INTEGER, column_key VARCHAR, header VARCHAR, letter VARCHAR);
CREATE TABLE paper.tables (
    table_name VARCHAR, present BOOLEAN, rows_in BIGINT, kept BIGINT, quarantined BIGINT, columns VARCHAR[]
);
-- row_id NULL: an issue of the file or of a row that is no data row; `position` orders the columns of a row
CREATE TABLE intake.issues (
    table_name VARCHAR, row_id BIGINT, position INTEGER, column_key VARCHAR, value VARCHAR, issue VARCHAR,
    other VARCHAR, fatal BOOLEAN
);
CREATE TABLE intake.notices (
    issue VARCHAR, table_name VARCHAR, file VARCHAR, sheet VARCHAR, "row" INTEGER, col VARCHAR, value VARCHAR,
    other VARCHAR
);
CREATE TABLE intake.wording (
    issue VARCHAR, code VARCHAR, problem VARCHAR, problem_en VARCHAR, remedy VARCHAR, remedy_en VARCHAR
);
CREATE TABLE intake.rows (table_name VARCHAR, row_id BIGINT, source INTEGER, "row" INTEGER, state VARCHAR);
