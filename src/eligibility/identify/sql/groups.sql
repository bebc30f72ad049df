-- Groups under the keys that they mean. A row of the roster or the group table whose group may be several stands in none; an
-- agreement or a parcel is of all that it may mean, or of the whole community where that is any.
UPDATE paper.persons AS p SET group_key = CASE WHEN len(m.meant) = 1 THEN m.meant[1] END
FROM group_meaning AS m WHERE p.community_key = m.community_key AND p.group_key = m.written;
UPDATE paper.groups AS p SET group_key = CASE WHEN len(m.meant) = 1 THEN m.meant[1] END
FROM group_meaning AS m WHERE p.community_key = m.community_key AND p.group_key = m.written;

CREATE OR REPLACE TEMP TABLE regrouped AS
WITH part AS (
    SELECT 'agreements' AS table_name, row_id, community_key, unnest(group_keys) AS group_key FROM paper.agreements
    UNION ALL
    SELECT 'approval_parcels', row_id, community_key, unnest(group_keys) FROM paper.approval_parcels
),
touched AS (
    SELECT table_name, row_id, bool_or(len(m.meant) = 0) AS any_group, bool_or(len(m.meant) <> 1) AS unsure,
           list_sort(list_distinct(flatten(list(coalesce(m.meant, [part.group_key]))))) AS group_keys
    FROM part LEFT JOIN group_meaning AS m ON m.community_key = part.community_key AND m.written = part.group_key
    GROUP BY table_name, row_id
    HAVING count(m.written) > 0
)
SELECT table_name, row_id, unsure, CASE WHEN any_group THEN []::VARCHAR[] ELSE group_keys END AS group_keys FROM touched;
UPDATE paper.agreements AS p SET group_keys = r.group_keys
FROM regrouped AS r WHERE r.table_name = 'agreements' AND r.row_id = p.row_id;
UPDATE paper.approval_parcels AS p SET group_keys = r.group_keys
FROM regrouped AS r WHERE r.table_name = 'approval_parcels' AND r.row_id = p.row_id;
INSERT INTO unsure_group SELECT table_name, row_id FROM regrouped WHERE unsure;
