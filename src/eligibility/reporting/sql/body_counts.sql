-- Persons in review by the body that can settle something of their case.
SELECT body, count(*) AS persons
FROM (
    SELECT unnest(string_split(settled_by, ';')) AS body
    FROM decision.persons
    WHERE outcome = 'manual_review' AND settled_by <> ''
)
GROUP BY body
ORDER BY persons DESC, body
