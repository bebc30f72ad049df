-- Persons in review by reason; `alone` counts those who wait for this reason only.
SELECT reason, count(*) AS persons, count(*) FILTER (reasons = reason) AS alone
FROM (
    SELECT coalesce(reasons, '') AS reasons, unnest(string_split(coalesce(reasons, ''), ';')) AS reason
    FROM decision.persons
    WHERE outcome = 'manual_review'
)
GROUP BY reason
ORDER BY persons DESC, reason
