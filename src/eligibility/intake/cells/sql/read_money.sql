-- Yuan printed as plain decimals, as whole 分.
INSERT INTO {cells}
SELECT text, CAST(CAST(text AS DECIMAL(38, 2)) * 100 AS BIGINT) AS fen, '' AS issue
FROM ({texts}) AS t
WHERE regexp_full_match(text, '[0-9]{1,12}(\.[0-9]{1,2})?');
