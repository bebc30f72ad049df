-- Numbers given by an office, written in plain letters, digits, hyphens and common Chinese characters: they are as they stand.
INSERT INTO {cells}
SELECT text, text AS key, '' AS issue
FROM ({texts}) AS t
WHERE regexp_full_match(text, '[A-Za-z0-9\x{4e00}-\x{9fff}-]+') AND NOT regexp_full_match(text, '[0-9]{15}0{3,5}')
  AND NOT regexp_full_match(text, '同[上前]|ditto', 'i');
