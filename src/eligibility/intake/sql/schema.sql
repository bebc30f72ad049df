-- The working schema and the tables of `paper` that tell of the reading itself.
DROP SCHEMA IF EXISTS paper CASCADE;
DROP SCHEMA IF EXISTS intake CASCADE;
CREATE SCHEMA paper;
CREATE SCHEMA intake;
CREATE TABLE paper.sources (source INTEGER, table_name VARCHAR, file VARCHAR, sheet VARCHAR, sha256 VARCHAR);
CREATE TABLE paper.headers (source INTEGER, column_key VARCHAR, header VARCHAR, letter VARCHAR);
CREATE TABLE paper.tables (
    table_name VARCHAR, present BOOLEAN, rows_in BIGINT, kept BIGINT, quarantined BIGINT, columns VARCHAR[]
);
-- papers that may hold rows that decide, and were not read. table_guess: the table they may be of (NULL: any); community_key: whom
-- they concern (NULL: anyone)
CREATE TABLE paper.unread (
    file VARCHAR, sheet VARCHAR, table_guess VARCHAR, community_key VARCHAR, reason VARCHAR
);
-- lists and registers with which the roster is compared: what they are compared for, how far they reach (complete: who is not on
-- it is not, from covers_from to covers_to, in `area`), and their rows. listed: what a row says of a person, one row a spell:
-- `value` holds on every day from since_hi until before until_lo, and on none before since_lo or from until_hi on.
CREATE TABLE paper.lists (
    source INTEGER, compares VARCHAR, complete BOOLEAN, covers_from DATE, covers_to DATE, area VARCHAR, rows BIGINT, lost BIGINT
);
CREATE TABLE paper.listed (
    source INTEGER, "row" INTEGER, resident_id VARCHAR, id_valid BOOLEAN, name VARCHAR, lost BOOLEAN, kind VARCHAR, value VARCHAR,
    since_lo DATE, since_hi DATE, until_lo DATE, until_hi DATE
);
-- what told of which household a row is, where its number does not stand in the row as the roster has it: the meaning of the cell
-- and its text. found_by: the meaning under which another sheet has that text; 'within' and 'same': the household is (the beginning
-- of) the text; 'own': it makes the household; 'nothing': no sheet knows it; 'spelling': another spelling of a number; 'head': the
-- row is the head's.
CREATE TABLE paper.referred (source INTEGER, "row" INTEGER, meaning VARCHAR, value VARCHAR, found_by VARCHAR);
-- columns of persons of which a remark says that they may not be as a blank, or a complete list, would say
CREATE TABLE paper.remarked (row_id BIGINT, column_key VARCHAR);
-- `position` orders the columns of a row; `other_source` and `other_row` are the second place of what stands in two
CREATE TABLE intake.issues (
    table_name VARCHAR, row_id BIGINT, position INTEGER, column_key VARCHAR, value VARCHAR, issue VARCHAR,
    other VARCHAR, fatal BOOLEAN, other_source INTEGER, other_row INTEGER
);
CREATE TABLE intake.notices (
    issue VARCHAR, table_name VARCHAR, file VARCHAR, sheet VARCHAR, "row" INTEGER, col VARCHAR, value VARCHAR,
    other VARCHAR
);
CREATE TABLE intake.wording (
    issue VARCHAR, code VARCHAR, problem VARCHAR, problem_en VARCHAR, remedy VARCHAR, remedy_en VARCHAR
);
-- rows of the table at hand that prove nothing by what is remarked of them
CREATE TABLE intake.doubted (row_id BIGINT);
CREATE TABLE intake.rows (table_name VARCHAR, row_id BIGINT, source INTEGER, "row" INTEGER, state VARCHAR);
-- The text of the cell goes in last, so that braces in it mean nothing.
CREATE MACRO intake.fill(told, col, other, place, cell) AS replace(
    replace(replace(replace(told, '{column}', coalesce(col, '')), '{place}', place), '{other}', coalesce(other, '')),
    '{value}', coalesce(cell, '')
);
-- names are one whatever the dot in them, and whatever the width of brackets
CREATE MACRO intake.plain_name(name) AS regexp_replace(name, '[\s·•．.・‧∙⋅●()（）]', '', 'g');
-- numbers of households are compared without leading zeros and case
CREATE MACRO intake.plain_reference(no) AS lower(regexp_replace(no, '(^|[^0-9])0+([0-9])', '\1\2', 'g'));
CREATE MACRO intake.mu(umu) AS rtrim(rtrim(CAST(umu / 1000000.0 AS DECIMAL(18, 4))::VARCHAR, '0'), '.') || '亩';
CREATE MACRO intake.yuan(fen) AS rtrim(rtrim(CAST(fen / 100.0 AS DECIMAL(18, 2))::VARCHAR, '0'), '.') || '元';
CREATE MACRO intake.plain_number(no) AS
    regexp_replace(regexp_replace(upper(no), '[第号字编〔〕（）()\[\]【】·.．_/\-—－ ]', '', 'g'), '(^|[^0-9])0+([0-9])', '\1\2', 'g');
