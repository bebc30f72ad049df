SELECT parameter, outcome, count(*) AS persons
FROM (
    SELECT outcome, unnest(string_split(assumed_parameters, ';')) AS parameter
    FROM decision.persons
    WHERE assumed_parameters <> ''
)
GROUP BY parameter, outcome
ORDER BY parameter, outcome
