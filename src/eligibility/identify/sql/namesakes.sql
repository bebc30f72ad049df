-- Persons of a community whose name stands in several streets get the key of that of their street.
UPDATE paper.persons AS p SET community_key = n.key
FROM namesake AS n, street_of AS s
WHERE p.community_key = n.name AND s.street IS NOT DISTINCT FROM p.street AND s.name = n.street;
