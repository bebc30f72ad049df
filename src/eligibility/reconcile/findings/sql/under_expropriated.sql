-- 批大征小: the collective land of an approval exceeds the maximum that all linked lines could take of it.
WITH taken AS (
    SELECT c.approval_key, c.community_key, c.family, sum(k.area_umu_max)::BIGINT AS most_micro_mu, sum(l.half_unit_micro_mu)::BIGINT AS half_unit_micro_mu,
           array_to_string(list_sort(list_distinct(list(l.agreement_no))), ';') AS agreement_no
    FROM approved_land AS c
    JOIN current_link AS k USING (approval_key)
    JOIN current_line AS l ON l.row_id = k.row_id AND l.community_key = c.community_key AND same_family(l.family, c.family)
    GROUP BY ALL
)
SELECT t.agreement_no, c.land_class, c.approval_no, c.community, c.group_name, c.area_umu, t.most_micro_mu AS other_umu,
       c.approved_lo AS day, NULL::DATE AS other_day, 'approved_exceeds_agreements' AS evidence
FROM approved_land AS c
JOIN taken AS t ON t.approval_key = c.approval_key AND t.community_key = c.community_key AND t.family IS NOT DISTINCT FROM c.family
WHERE c.area_umu - c.half_unit_micro_mu > t.most_micro_mu + t.half_unit_micro_mu
