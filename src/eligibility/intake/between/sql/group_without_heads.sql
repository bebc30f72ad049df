-- Groups of which the ledger says that they have nobody, though the roster lists somebody.
SELECT
    'groups', g.row_id, 4, 'persons', '0', 'group_without_heads', '', FALSE, p.source, p."row"
FROM paper.groups AS g
JOIN (
    SELECT community_key, group_key, arg_min(source, row_id) AS source, arg_min("row", row_id) AS "row"
    FROM paper.persons
    WHERE state = 'kept'
    GROUP BY ALL
) AS p ON p.community_key = g.community_key AND p.group_key = g.group_key
WHERE g.state = 'kept' AND g.persons = 0
