-- What could not be identified, in words. Of a spelling that many rows share the first row is named.
CREATE OR REPLACE TEMP TABLE unidentified AS
WITH paper AS (
    SELECT 'agreements' AS table_name, row_id, source, "row", community, community_key, group_name, group_keys FROM paper.agreements WHERE state = 'kept'
    UNION ALL
    SELECT 'approval_parcels', row_id, source, "row", community, community_key, group_name, group_keys FROM paper.approval_parcels WHERE state = 'kept'
),
several AS (SELECT written, string_agg(community_key, '、' ORDER BY community_key) AS names, count(*) AS n FROM place.candidates GROUP BY written)
SELECT
    table_name, min(row_id) AS row_id, arg_min(source, row_id) AS source, arg_min("row", row_id) AS "row", 'community' AS column_key,
    community AS value, if(n > 5, n || '个社区', names) AS other, 'community_of_several' AS issue
FROM paper JOIN several ON written = community_key
GROUP BY table_name, community, names, n
UNION ALL
SELECT
    table_name, min(row_id), arg_min(source, row_id), arg_min("row", row_id), if(table_name = 'agreements', 'group', 'groups'),
    group_name, array_to_string(group_keys, '、') AS other, if(len(group_keys) = 0, 'group_of_any', 'group_of_several')
FROM paper JOIN (SELECT DISTINCT table_name, row_id FROM unsure_group) USING (table_name, row_id)
WHERE NOT starts_with(community_key, '?') AND group_name IS NOT NULL
GROUP BY table_name, community_key, group_name, group_keys
UNION ALL
SELECT
    'persons', min(row_id), arg_min(source, row_id), arg_min("row", row_id), 'community', arg_min(community, row_id),
    string_agg(DISTINCT n.street, '、' ORDER BY n.street), 'community_in_two_streets'
FROM paper.persons JOIN place.namesakes AS n USING (community_key)
WHERE state = 'kept'
GROUP BY n.name
UNION ALL
SELECT
    'persons', min(p.row_id), arg_min(source, p.row_id), arg_min("row", p.row_id), 'household_id', p.household_id,
    string_agg(DISTINCT concat_ws(' ', community, group_name), '、' ORDER BY concat_ws(' ', community, group_name)),
    'household_in_two_places'
FROM paper.persons AS p JOIN place.households AS h USING (household_id)
WHERE p.state = 'kept' AND NOT h.settled AND NOT h.by_shape
GROUP BY p.household_id
UNION ALL
SELECT
    'payouts', p.row_id, p.source, p."row", 'household_id', p.household_id, array_to_string(h.communities, '、') || coalesce(' ' || h.group_key, ''),
    'line_of_another_place'
FROM paper.payouts AS p JOIN place.lines AS l USING (row_id) JOIN place.households AS h ON h.household_id = p.household_id
WHERE l.cause = 'elsewhere'
UNION ALL
SELECT table_name, row_id, source, "row", column_key, '0', '', 'zero_area' FROM zero_area
UNION ALL
SELECT
    table_name, min(row_id), any_value(source), arg_min("row", row_id), arg_min(column_key, row_id), arg_min(area, row_id),
    CASE WHEN of_sheet THEN count(DISTINCT household_id)::VARCHAR ELSE coalesce(any_value(household_id), '') END,
    CASE WHEN of_sheet THEN 'sheet_out_of_scale' WHEN table_name = 'groups' THEN 'total_out_of_scale' ELSE 'household_out_of_scale' END
FROM (
    SELECT s.*, p."row", if(s.table_name = 'groups', 'contracted_mu', 'area_mu') AS column_key,
           printf('%.2f亩', s.area_umu / 1000000) AS area
    FROM place.out_of_scale AS s JOIN (
        SELECT 'title_certificates' AS table_name, row_id, "row" FROM paper.title_certificates
        UNION ALL SELECT 'contract_ledger', row_id, "row" FROM paper.contract_ledger
        UNION ALL SELECT 'groups', row_id, "row" FROM paper.groups
    ) AS p USING (table_name, row_id)
)
GROUP BY table_name, of_sheet, CASE WHEN of_sheet THEN source ELSE row_id END
UNION ALL
SELECT 'agreements', row_id, source, "row", 'area', '', first_row::VARCHAR, 'plots_added' FROM plot_row
UNION ALL
SELECT table_name, row_id, source, "row", column_key, value, '', 'day_impossible' FROM wrong_day
UNION ALL
SELECT 'persons', a.row_id, p.source, p."row", a.column_key, '', '', 'list_against'
FROM compared.against AS a JOIN paper.persons AS p USING (row_id);

INSERT INTO paper.quarantine BY NAME
SELECT
    u.table_name, s.file, s.sheet, u."row", coalesce(h.header, u.column_key) AS col, u.value, w.code,
    NOT (u.issue = 'zero_area' AND u.table_name IN ('agreements', 'approval_parcels')) AS kept,
    replace(replace(w.problem, '{other}', coalesce(u.other, '')), '{value}', coalesce(u.value, '')) AS problem,
    w.remedy,
    replace(replace(w.problem_en, '{other}', coalesce(u.other, '')), '{value}', coalesce(u.value, '')) AS problem_en,
    w.remedy_en
FROM unidentified AS u
JOIN wording AS w USING (issue)
JOIN paper.sources AS s ON s.source = u.source
LEFT JOIN paper.headers AS h ON h.source = u.source AND h.column_key = u.column_key
ORDER BY u.issue, u.row_id;
