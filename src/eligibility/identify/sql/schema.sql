-- place.candidates: a written community that may be several, and each it may be. place.namesakes: communities of one name in
-- several streets.
DROP SCHEMA IF EXISTS place CASCADE;
CREATE SCHEMA place;
CREATE TABLE place.candidates (written VARCHAR, community_key VARCHAR);
CREATE TABLE place.namesakes (name VARCHAR, community_key VARCHAR, street VARCHAR);
CREATE OR REPLACE TEMP TABLE unsure_group (table_name VARCHAR, row_id BIGINT);
