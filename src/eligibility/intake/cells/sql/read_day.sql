-- Days printed as 2012-03-05, in years that no other form may mean; the first days of a spreadsheet are left to the reader.
INSERT INTO {cells}
SELECT text, day AS lo, day AS hi, '' AS issue
FROM (
    SELECT text, try_cast(text AS DATE) AS day
    FROM ({texts}) AS t
    WHERE regexp_full_match(text, '(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}')
)
WHERE day IS NOT NULL AND day > DATE '1900-01-31' AND day <> DATE '1904-01-01';
