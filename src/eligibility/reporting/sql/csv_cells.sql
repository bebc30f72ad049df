-- Every cell as text. What a spreadsheet would run as a formula (= + - @, also full-width or behind blanks, tab,
-- carriage return) gets an apostrophe in front, unless it is a plain signed number. The first two lines know by one
-- comparison the texts that begin with a digit, a Latin letter or a Chinese character, which are nearly all.
SELECT
    CASE
        WHEN COLUMNS(*)::VARCHAR BETWEEN '0' AND '9~' OR COLUMNS(*)::VARCHAR BETWEEN 'A' AND 'z~'
            OR COLUMNS(*)::VARCHAR BETWEEN '一' AND '鿿'
        THEN COLUMNS(*)::VARCHAR
        WHEN regexp_matches(COLUMNS(*)::VARCHAR, '^([\s\x{3000}]*[=+\-@＝＋－＠]|[\t\r\n])')
            AND NOT regexp_full_match(COLUMNS(*)::VARCHAR, '[+\-][0-9]+(\.[0-9]+)?')
        THEN '''' || COLUMNS(*)::VARCHAR
        ELSE nullif(COLUMNS(*)::VARCHAR, '')
    END
FROM printed
