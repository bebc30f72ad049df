-- Rows that name a group which the community, itself known, is not known to have.
INSERT INTO intake.issues (table_name, row_id, position, column_key, value, issue, other, fatal)
WITH known AS (
    SELECT community_key, group_key FROM paper.persons
    UNION
    SELECT community_key, group_key FROM paper.groups
),
named AS (
    SELECT row_id, community_key, unnest(group_keys) AS group_key
    FROM intake.read
    WHERE community_key IN (SELECT community_key FROM known WHERE community_key IS NOT NULL)
)
SELECT $table_name, n.row_id, 2, $column_key, n.group_key, 'unknown_group', '', FALSE
FROM named AS n
ANTI JOIN known AS k ON k.community_key = n.community_key AND k.group_key = n.group_key;
