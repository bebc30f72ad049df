-- The groups of each agreement as the stage `identify` placed them; an empty list means the whole community, or any group.
CREATE OR REPLACE TEMP TABLE placed AS
SELECT row_id, group_keys AS placed_groups FROM paper.agreements WHERE state = 'kept';
