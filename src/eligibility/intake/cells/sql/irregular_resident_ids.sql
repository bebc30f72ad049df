-- The texts that are no resident id of 18 plain characters whose date is real and whose check character is right
-- (ISO 7064 MOD 11-2). All others are ids as they stand: nearly every row has one of its own, so none is looked up.
WITH shaped AS (
    SELECT
        text,
        CASE WHEN regexp_full_match(text, '[0-9]{6}(18|19|20)[0-9]{9}[0-9X]') THEN CAST(left(text, 17) AS BIGINT) END AS n,
        try_strptime(substr(text, 7, 8), '%Y%m%d') AS born
    FROM (SELECT {text} AS text FROM intake.raw AS r)
    WHERE text IS NOT NULL
),
summed AS (
    SELECT text, born, (
        7 * (n // 10000000000000000 % 10) + 9 * (n // 1000000000000000 % 10) + 10 * (n // 100000000000000 % 10)
        + 5 * (n // 10000000000000 % 10) + 8 * (n // 1000000000000 % 10) + 4 * (n // 100000000000 % 10)
        + 2 * (n // 10000000000 % 10) + 1 * (n // 1000000000 % 10) + 6 * (n // 100000000 % 10)
        + 3 * (n // 10000000 % 10) + 7 * (n // 1000000 % 10) + 9 * (n // 100000 % 10)
        + 10 * (n // 10000 % 10) + 5 * (n // 1000 % 10) + 8 * (n // 100 % 10) + 4 * (n // 10 % 10) + 2 * (n % 10)
    ) AS total
    FROM shaped
)
SELECT DISTINCT text
FROM summed
WHERE born IS NULL OR total IS NULL OR substr('10X98765432', CAST(total % 11 + 1 AS INTEGER), 1) <> right(text, 1)
