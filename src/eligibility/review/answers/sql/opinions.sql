-- A body that disagreed or asked for more, and now agrees: its opinion, nobody else's.
UPDATE paper.answers AS a SET effect = CASE
    WHEN EXISTS (
        SELECT 1 FROM paper.confirmations AS o
        WHERE o.state = 'kept' AND o.resident_id = a.subject AND o.stage = a.body AND o.opinion IN ('disagree', 'incomplete')
    ) THEN 'set' ELSE 'unused' END
WHERE asks IN ('disagreement', 'incomplete') AND word = 'agree';

-- the paper stays as it was written (answered), and the answer stands beside it as an opinion of its own
INSERT INTO paper.confirmations BY NAME
SELECT
    (SELECT max(row_id) FROM paper.confirmations) + row_number() OVER (ORDER BY a.row_id, o.row_id) AS row_id,
    o.* EXCLUDE (row_id) REPLACE (a.source AS source, a.row AS row, 'agree' AS opinion)
FROM paper.confirmations AS o
JOIN paper.answers AS a ON o.resident_id = a.subject AND o.stage = a.body
WHERE o.state = 'kept' AND o.opinion IN ('disagree', 'incomplete') AND a.asks IN ('disagreement', 'incomplete') AND a.effect = 'set';

UPDATE paper.confirmations AS o SET state = 'answered'
FROM paper.answers AS a
WHERE o.state = 'kept' AND o.resident_id = a.subject AND o.stage = a.body AND o.opinion IN ('disagree', 'incomplete')
  AND a.asks IN ('disagreement', 'incomplete') AND a.effect = 'set';
