-- One cell of a group's row ({column}): filled where it is blank, else held against what stands there.
UPDATE paper.answers AS a SET effect = CASE WHEN {open} THEN 'set' WHEN {same} THEN 'agrees' ELSE 'conflict' END
FROM paper.groups AS p
WHERE p.state = 'kept' AND EXISTS (
    SELECT 1 FROM paper.persons AS q
    WHERE q.community_key = p.community_key AND q.group_key = p.group_key
      AND a.subject IN (concat_ws(' ', q.community, q.group_name), concat_ws(' ', q.community_key, q.group_key))
) AND a.asks = '{asks}' AND {usable};

UPDATE paper.groups AS p SET {change}
FROM paper.answers AS a
WHERE p.state = 'kept' AND EXISTS (
    SELECT 1 FROM paper.persons AS q
    WHERE q.community_key = p.community_key AND q.group_key = p.group_key
      AND a.subject IN (concat_ws(' ', q.community, q.group_name), concat_ws(' ', q.community_key, q.group_key))
) AND a.asks = '{asks}' AND a.effect = 'set';
