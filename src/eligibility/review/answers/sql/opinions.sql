-- A body that disagreed or asked for more, and now agrees: its opinion, nobody else's.
UPDATE paper.answers AS a SET effect = CASE
    WHEN EXISTS (
        SELECT 1 FROM paper.confirmations AS o
        WHERE o.state = 'kept' AND o.resident_id = a.subject AND o.stage = a.body AND o.opinion IN ('disagree', 'incomplete')
    ) THEN 'set' ELSE 'unused' END
WHERE asks IN ('disagreement', 'incomplete') AND word = 'agree';

UPDATE paper.confirmations AS o SET opinion = 'agree'
FROM paper.answers AS a
WHERE o.state = 'kept' AND o.resident_id = a.subject AND o.stage = a.body AND o.opinion IN ('disagree', 'incomplete')
  AND a.asks IN ('disagreement', 'incomplete') AND a.effect = 'set';
