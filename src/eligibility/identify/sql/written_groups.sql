-- Every group of a community that some paper writes; whether only agreements do.
SELECT community_key, group_key, bool_and(agreed) AS lone
FROM (
    SELECT community_key, group_key, FALSE AS agreed FROM paper.persons
    UNION ALL
    SELECT community_key, group_key, FALSE FROM paper.groups
    UNION ALL
    SELECT community_key, unnest(group_keys), TRUE FROM paper.agreements
    UNION ALL
    SELECT community_key, unnest(group_keys), FALSE FROM paper.approval_parcels
)
WHERE community_key IS NOT NULL AND group_key IS NOT NULL
GROUP BY community_key, group_key
