-- One question: the same reason in the same group. Its answer may settle every person who waits for it.
WITH asked AS (
    SELECT row_id, street, community, "group", coalesce(reasons, '') AS reasons, unnest(string_split(coalesce(reasons, ''), ';')) AS reason
    FROM decision.persons
    WHERE outcome = 'manual_review'
)
SELECT street, community, "group", reason, count(*) AS persons, count(*) FILTER (reasons = reason) AS alone
FROM asked
GROUP BY street, community, "group", reason
ORDER BY
    min(min(row_id)) OVER (PARTITION BY street),
    min(min(row_id)) OVER (PARTITION BY street, community),
    sum(count(*)) OVER (PARTITION BY street, community, reason) DESC,
    reason, min(min(row_id)) OVER (PARTITION BY street, community, "group"), "group"
