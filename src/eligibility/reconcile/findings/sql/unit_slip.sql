-- 单位换算存疑: the area of a line has the ratio of two units to that of an approval linked by number, batch or project (one
-- parcel or all of them), or to that of its own roll, within the printed rounding. No other pairs are compared, and none
-- with a rounding above 1 %: among enough numbers some ratios always match by chance.
WITH ratio AS (FROM (VALUES ('15', 15.0::DOUBLE), ('666.7', 2000.0 / 3), ('10000', 10000.0)) AS r(name, times)),
-- three joins instead of one with OR, which would compare every pair
link_candidate AS (
    SELECT row_id, approval_key FROM line_citation WHERE known
    UNION
    SELECT l.row_id, s.approval_key FROM current_line AS l JOIN current_approval AS s USING (project_key) WHERE l.project_key <> ''
    UNION
    SELECT l.row_id, s.approval_key FROM current_line AS l JOIN current_approval AS s ON l.batch = coalesce(s.cell_batch, s.project_batch)
),
linked AS (SELECT row_id, approval_key, approval_no, approved_lo FROM link_candidate JOIN current_approval USING (approval_key)),
parcel AS (
    SELECT t.row_id, t.approval_no, t.approved_lo, p.area_umu, p.half_unit_micro_mu
    FROM linked AS t
    JOIN current_line AS l USING (row_id)
    JOIN current_parcel AS p ON p.approval_key = t.approval_key AND p.community_key = l.community_key
        AND coalesce(p.ownership, 'collective') = 'collective' AND groups_overlap(p.group_keys, l.group_keys)
        AND same_family(p.family, l.family)
),
roll AS (
    SELECT l.row_id, sum(p.area_umu)::BIGINT AS area_umu, sum(coalesce(p.area_half_umu, 0))::BIGINT AS half_unit_micro_mu
    FROM current_line AS l JOIN paper.payouts AS p USING (agreement_key)
    WHERE p.state = 'kept' AND l.family = 'cultivated'
    GROUP BY l.row_id, l.agreement_key
    HAVING count(*) = count(p.area_umu)
        AND (SELECT count(*) FROM current_line AS o WHERE o.agreement_key = l.agreement_key AND o.family = 'cultivated') = 1
),
compared AS (
    SELECT row_id, approval_no, approved_lo, area_umu, half_unit_micro_mu, 'approval' AS what FROM parcel
    UNION
    SELECT row_id, approval_no, any_value(approved_lo), sum(area_umu)::BIGINT, sum(half_unit_micro_mu)::BIGINT, 'approval'
    FROM parcel GROUP BY row_id, approval_no
    UNION
    SELECT row_id, NULL, NULL, area_umu, half_unit_micro_mu, 'roll' FROM roll
),
matched AS (
    SELECT l.*, b.approval_no, b.approved_lo, b.area_umu AS compared_micro_mu, b.what, r.name, r.times,
           greatest(l.area_umu, b.area_umu)::DOUBLE AS large, least(l.area_umu, b.area_umu)::DOUBLE AS small,
           CASE WHEN l.area_umu > b.area_umu THEN l.half_unit_micro_mu ELSE b.half_unit_micro_mu END
               + r.times * CASE WHEN l.area_umu > b.area_umu THEN b.half_unit_micro_mu ELSE l.half_unit_micro_mu END + r.times / 2 AS rounding
    FROM compared AS b JOIN current_line AS l USING (row_id) CROSS JOIN ratio AS r
    WHERE l.area_umu > 0 AND b.area_umu > 0
)
SELECT agreement_no, land_class, approval_no, community, group_name, area_umu, min(compared_micro_mu) AS other_umu,
       signed_on_lo AS day, any_value(approved_lo) AS other_day, concat_ws(';', 'ratio:' || min_by(name, times), 'beside:' || what) AS evidence
FROM matched
WHERE abs(large - times * small) <= rounding AND rounding < large / 100
GROUP BY row_id, agreement_no, land_class, approval_no, community, group_name, area_umu, signed_on_lo, what
