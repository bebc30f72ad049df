-- Persons by street, community and outcome.
SELECT coalesce(street, ''), coalesce(community, ''), outcome, count(*) AS persons
FROM decision.persons GROUP BY ALL ORDER BY ALL
