-- 地点与所引批文矛盾: an agreement that cites an approval which lists land of its family only elsewhere, or which lists only
-- farmland in its place while the agreement names another class.
WITH misplaced AS (SELECT DISTINCT row_id FROM link.misplaced),
listed AS (
    SELECT l.row_id, c.approval_key, s.approval_no, s.approved_lo, p.community, p.group_name, p.land_class, p.area_umu,
           p.community_key = l.community_key AND groups_overlap(p.group_keys, l.group_keys) AS same_place,
           bool_or(same_place AND same_family(p.family, l.family)) OVER (PARTITION BY l.row_id, c.approval_key) AS fits
    FROM misplaced
    JOIN current_line AS l USING (row_id)
    JOIN line_citation AS c USING (row_id)
    JOIN current_approval AS s USING (approval_key)
    JOIN current_parcel AS p USING (approval_key)
    WHERE c.known AND coalesce(p.ownership, '') <> 'state'
)
SELECT l.agreement_no, l.land_class, t.approval_no, l.community, l.group_name, l.area_umu, sum(t.area_umu)::BIGINT AS other_umu,
       l.signed_on_lo AS day, any_value(t.approved_lo) AS other_day,
       CASE WHEN bool_or(same_place) THEN 'only_farmland_there'
            ELSE 'parcels_at:' || array_to_string(list_sort(list_distinct(list(concat(t.community, t.group_name)))), '、') END AS evidence
FROM listed AS t JOIN current_line AS l USING (row_id)
WHERE NOT fits
GROUP BY l.row_id, l.agreement_no, l.land_class, t.approval_key, t.approval_no, l.community, l.group_name, l.area_umu, l.signed_on_lo
