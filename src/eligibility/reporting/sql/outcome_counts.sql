SELECT street, community, outcome, count(*) AS persons
FROM decision.persons
GROUP BY street, community, outcome
ORDER BY
    min(min(row_id)) OVER (PARTITION BY street),
    min(min(row_id)) OVER (PARTITION BY street, community),
    outcome
