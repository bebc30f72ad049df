-- Areas in 亩 printed as plain decimals: exact micro-亩, and half of the last printed digit (rounded up).
INSERT INTO {cells}
SELECT
    text,
    CAST(CAST(text AS DECIMAL(38, 6)) * 1000000 AS BIGINT) AS umu,
    CAST(ceil(pow(10, 6 - length(split_part(text, '.', 2))) / 2) AS BIGINT) AS half,
    '' AS issue
FROM ({texts}) AS t
WHERE regexp_full_match(text, '[0-9]{1,7}(\.[0-9]{1,6})?');
