-- Persons by what their papers show of the approval and of the title, and by outcome.
SELECT
    CASE
        WHEN approval_exists = 'refuted' THEN 'not_taken' WHEN approval_exists = 'open' THEN 'no_approval'
        WHEN contract_right = 'proven' THEN 'both' ELSE 'no_title'
    END AS shown,
    outcome, sum(persons)::BIGINT AS persons
FROM verdict.profiles
WHERE persons > 0
GROUP BY ALL
ORDER BY ALL
