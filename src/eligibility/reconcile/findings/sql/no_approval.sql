-- 查无批文: no approval in the dossier can cover the whole line and none is cited; or the cited approval is absent or lists
-- no such land.
WITH cited AS (
    SELECT c.row_id,
        string_agg(
            CASE
                WHEN NOT c.readable AND NOT c.known THEN 'citation_unread:' || c.approval_key
                WHEN NOT c.known THEN 'citation_unknown:' || c.approval_key
                WHEN NOT EXISTS (
                    FROM current_parcel AS p WHERE p.approval_key = c.approval_key AND p.community_key = l.community_key
                        AND groups_overlap(p.group_keys, l.group_keys) AND same_family(p.family, l.family)
                ) THEN 'citation_elsewhere:' || c.approval_key
            END, ';' ORDER BY c.approval_key) AS evidence,
        string_agg(c.approval_key, ';' ORDER BY c.approval_key) FILTER (c.readable OR c.known) AS named,
        bool_or(c.known) AS some_known
    FROM line_citation AS c JOIN current_line AS l USING (row_id)
    GROUP BY c.row_id
)
SELECT agreement_no, land_class, named AS approval_no, community, group_name, area_umu, covered_umu_max AS other_umu,
       signed_on_lo AS day, NULL::DATE AS other_day,
       concat_ws(';',
                 CASE WHEN covered_umu_max = 0 THEN 'no_possible_parcel'
                      WHEN covered_umu_max < area_umu - half_unit_micro_mu THEN 'possible_parcels_too_small' END,
                 CASE WHEN cited IS NULL THEN 'citation_blank' END, evidence) AS evidence
FROM current_line LEFT JOIN cited USING (row_id)
WHERE coalesce(kind, 'expropriation') = 'expropriation' AND area_umu > 0 AND covered_umu_min < area_umu
    AND (
        evidence LIKE '%citation_unknown:%' OR evidence LIKE '%citation_elsewhere:%' OR covered_umu_max = 0
        -- the remainder of a parcel that others claim does not count as an approval
        OR (covered_umu_min = 0 AND NOT coalesce(some_known, FALSE) AND covered_umu_max < area_umu - half_unit_micro_mu)
    )
