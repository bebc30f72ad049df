-- 查无批文: nothing in the dossier can cover the whole line and nothing ties it, or what it cites is absent or lists no such
-- land.
WITH cited AS (
    SELECT c.row_id,
        string_agg(
            CASE
                WHEN NOT c.readable AND NOT c.known THEN 'citation_unread:' || c.approval_key
                WHEN NOT c.known THEN 'citation_unknown:' || c.approval_key
                WHEN NOT EXISTS (
                    FROM seen_parcel AS p WHERE p.approval_key = c.approval_key AND p.community_key = l.community_key
                        AND seen_fits(p.group_keys, l.group_keys) AND seen_family_fits(p.family, l.family)
                ) THEN 'citation_elsewhere:' || c.approval_key
            END, ';' ORDER BY c.approval_key) AS evidence,
        string_agg(c.approval_key, ';' ORDER BY c.approval_key) FILTER (c.readable OR c.known) AS named,
        bool_or(c.known) AS some_known
    FROM seen_cite AS c JOIN seen_line AS l USING (row_id)
    GROUP BY c.row_id
)
SELECT agreement_no, land_class, named AS approval_no, community, group_name, area_umu, covered_umu_max AS other_umu,
       signed_on_lo AS day, NULL::DATE AS other_day,
       concat_ws(';',
                 CASE WHEN covered_umu_max = 0 THEN 'no_possible_parcel'
                      WHEN covered_umu_max < area_umu - half_umu THEN 'possible_parcels_too_small' END,
                 CASE WHEN cited IS NULL THEN 'citation_blank' END, evidence) AS evidence
FROM seen_line LEFT JOIN cited USING (row_id)
WHERE coalesce(kind, 'expropriation') = 'expropriation' AND area_umu > 0 AND covered_umu_min < area_umu
    AND (
        evidence LIKE '%citation_unknown:%' OR evidence LIKE '%citation_elsewhere:%' OR covered_umu_max = 0
        -- a scrap of somebody else's parcel covers nothing
        OR (covered_umu_min = 0 AND NOT coalesce(some_known, FALSE) AND covered_umu_max < area_umu - half_umu)
    )
