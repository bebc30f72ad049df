-- Groups of which more farmland was taken than they ever had; half a 亩 is left for rounding.
WITH taken AS (
    SELECT
        community_key, group_keys[1] AS group_key, sum(area_umu)::BIGINT AS area, sum(area_half_umu)::BIGINT AS half,
        arg_max(row_id, area_umu) AS largest
    FROM paper.agreements
    WHERE state = 'kept' AND kind IN ('expropriation', 'reserve') AND land_class IN ('basic_farmland', 'farmland')
        AND len(group_keys) = 1
    GROUP BY ALL
)
SELECT
    'groups', g.row_id, 2, 'contracted_mu', intake.mu(g.contracted_umu), 'takings_exceed_group', intake.mu(t.area),
    FALSE, a.source, a."row"
FROM paper.groups AS g
JOIN taken AS t USING (community_key, group_key)
JOIN paper.agreements AS a ON a.row_id = t.largest
WHERE g.state = 'kept' AND t.area - t.half > g.contracted_umu + 500000
