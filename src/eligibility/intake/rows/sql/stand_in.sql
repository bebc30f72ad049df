-- Stands in for a table that others refer to, where only the columns of an empty one are wanted.
CREATE TABLE paper.{table} AS
SELECT '' AS household_id, '' AS resident_id, '' AS community_key, '' AS group_key, '' AS approval_key, '' AS agreement_key
LIMIT 0;
