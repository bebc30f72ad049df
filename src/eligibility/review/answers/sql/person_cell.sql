-- One cell of a person's row ({column}): filled where it is blank, else held against what stands there.
UPDATE paper.answers AS a SET effect = CASE
    WHEN list_contains(coalesce(p.conflicts, []), '{column}') THEN 'unused'
    WHEN {open} THEN 'set'
    WHEN {same} THEN 'agrees'
    ELSE 'conflict'
END
FROM paper.persons AS p
WHERE p.state = 'kept' AND p.resident_id = a.subject AND a.asks = '{asks}' AND {usable};

UPDATE paper.persons AS p SET {change}
FROM paper.answers AS a
WHERE p.state = 'kept' AND p.resident_id = a.subject AND a.asks = '{asks}' AND a.effect = 'set';

-- what the papers say otherwise is then not known, and the case goes to a person
UPDATE paper.persons AS p SET conflicts = list_append(coalesce(conflicts, []), '{column}')
FROM paper.answers AS a
WHERE p.state = 'kept' AND p.resident_id = a.subject AND a.asks = '{asks}' AND a.effect = 'conflict';
