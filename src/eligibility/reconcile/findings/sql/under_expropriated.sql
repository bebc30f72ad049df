-- 批大征小: collective land of an approval exceeds the most that all lines linked to it could take of it.
WITH taken AS (
    SELECT c.approval_key, c.community_key, c.family, sum(k.area_umu_max)::BIGINT AS most_umu, sum(l.half_umu)::BIGINT AS half_umu,
           array_to_string(list_sort(list_distinct(list(l.agreement_no))), ';') AS agreement_no
    FROM seen_capacity AS c
    JOIN seen_link AS k USING (approval_key)
    JOIN seen_line AS l ON l.row_id = k.row_id AND l.community_key = c.community_key AND seen_family_fits(l.family, c.family)
    GROUP BY ALL
)
SELECT t.agreement_no, c.land_class, c.approval_no, c.community, c.group_name, c.area_umu, t.most_umu AS other_umu,
       c.approved_lo AS day, NULL::DATE AS other_day, 'approved_exceeds_agreements' AS evidence
FROM seen_capacity AS c
JOIN taken AS t ON t.approval_key = c.approval_key AND t.community_key = c.community_key AND t.family IS NOT DISTINCT FROM c.family
WHERE c.area_umu - c.half_umu > t.most_umu + t.half_umu
