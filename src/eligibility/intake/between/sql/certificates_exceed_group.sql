-- Groups whose certificates add up to more than all the land the group ever had; half a 亩 is left for rounding.
WITH certified AS (
    SELECT
        h.community_key, h.group_key, sum(c.area_umu)::BIGINT AS area, sum(c.area_half_umu)::BIGINT AS half,
        arg_max(c.row_id, c.area_umu) AS largest
    FROM paper.title_certificates AS c
    JOIN intake.household AS h USING (household_id)
    WHERE c.state = 'kept' AND c.withdrawn_on_lo = DATE '9999-12-31' AND c.area_umu IS NOT NULL
    GROUP BY ALL
)
SELECT
    'groups', g.row_id, 2, 'contracted_mu', intake.mu(g.contracted_umu), 'certificates_exceed_group', intake.mu(s.area),
    FALSE, c.source, c."row"
FROM paper.groups AS g
JOIN certified AS s USING (community_key, group_key)
JOIN paper.title_certificates AS c ON c.row_id = s.largest
WHERE g.state = 'kept' AND s.area - s.half > g.contracted_umu + 500000
