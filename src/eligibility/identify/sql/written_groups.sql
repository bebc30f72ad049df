-- Every group of a community that some paper writes.
SELECT community_key, group_key FROM paper.persons WHERE community_key IS NOT NULL AND group_key IS NOT NULL
UNION SELECT community_key, group_key FROM paper.groups WHERE community_key IS NOT NULL AND group_key IS NOT NULL
UNION SELECT community_key, unnest(group_keys) FROM paper.agreements WHERE community_key IS NOT NULL
UNION SELECT community_key, unnest(group_keys) FROM paper.approval_parcels WHERE community_key IS NOT NULL
