-- Keys of communities that a paper writes otherwise than the roster; a group written behind the community in one cell.
INSERT INTO place.candidates SELECT written, community_key FROM candidate;
UPDATE paper.agreements AS p SET community_key = s.key
FROM settled AS s WHERE s.table_name = 'agreements' AND p.community = s.community AND p.community_key = s.written;
UPDATE paper.approval_parcels AS p SET community_key = s.key
FROM settled AS s WHERE s.table_name = 'approval_parcels' AND p.community = s.community AND p.community_key = s.written;
UPDATE paper.groups AS p SET community_key = s.key
FROM settled AS s WHERE s.table_name = 'groups' AND p.community = s.community AND p.community_key = s.written;
UPDATE paper.agreements AS p SET group_keys = list_distinct(list_append(coalesce(p.group_keys, []), b.group_key))
FROM behind AS b WHERE b.table_name = 'agreements' AND p.community = b.community;
UPDATE paper.approval_parcels AS p SET group_keys = list_distinct(list_append(coalesce(p.group_keys, []), b.group_key))
FROM behind AS b WHERE b.table_name = 'approval_parcels' AND p.community = b.community;
-- where the community may be several, a group says nothing
UPDATE paper.agreements SET group_keys = [] WHERE starts_with(community_key, '?') AND len(group_keys) > 0;
UPDATE paper.approval_parcels SET group_keys = [] WHERE starts_with(community_key, '?') AND len(group_keys) > 0;
