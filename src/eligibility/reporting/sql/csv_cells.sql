-- Every cell as text. What a spreadsheet would run as a formula (= + - @, also full-width or behind blanks, tab,
-- carriage return) gets an apostrophe in front, unless it is a plain signed number.
SELECT
    CASE
        WHEN regexp_matches(COLUMNS(*)::VARCHAR, '^([\s\x{3000}]*[=+\-@＝＋－＠]|[\t\r\n])')
            AND NOT regexp_full_match(COLUMNS(*)::VARCHAR, '[+\-][0-9]+(\.[0-9]+)?')
        THEN '''' || COLUMNS(*)::VARCHAR
        ELSE nullif(COLUMNS(*)::VARCHAR, '')
    END
FROM printed
