-- Every street with its communities, in the order of the roster.
SELECT coalesce(street, '') AS street, coalesce(community, '') AS community FROM decision.persons GROUP BY street, community ORDER BY min(row_id)
