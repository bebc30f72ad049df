-- 查无协议: collective land of an approval in a community, of which no agreement line can be part.
SELECT NULL AS agreement_no, c.land_class, c.approval_no, c.community, c.group_name, c.area_umu, 0::BIGINT AS other_umu,
       c.approved_lo AS day, NULL::DATE AS other_day, 'no_possible_agreement' AS evidence
FROM approved_land AS c
WHERE NOT EXISTS (
    FROM current_link AS k JOIN current_line AS l USING (row_id)
    WHERE k.approval_key = c.approval_key AND l.community_key = c.community_key AND same_family(l.family, c.family)
)
