-- What an approval leaves blank: its day, its authority, whether it was for large water or hydropower works.
UPDATE paper.answers AS a SET effect = CASE
    WHEN a.approval_key IS NULL THEN 'unused'
    WHEN a.asks = 'approval_day' THEN
        CASE WHEN p.approved_on_lo < p.approved_on_hi THEN CASE WHEN a.since BETWEEN p.approved_on_lo AND p.approved_on_hi THEN 'set' ELSE 'conflict' END
             WHEN p.approved_on_lo = a.since THEN 'agrees' ELSE 'conflict' END
    WHEN a.asks = 'competence' THEN CASE WHEN p.authority IS NULL THEN 'set' WHEN p.authority = a.word THEN 'agrees' ELSE 'conflict' END
    ELSE CASE WHEN p.works IS NULL THEN 'set' WHEN p.works = (a.word = 'yes') THEN 'agrees' ELSE 'conflict' END
END
FROM paper.approvals AS p
WHERE p.state = 'kept' AND p.approval_key = a.approval_key AND a.asks IN ('approval_day', 'competence', 'works') AND a.word <> 'recorded';

UPDATE paper.approvals AS p SET
    approved_on_lo = CASE WHEN a.asks = 'approval_day' THEN a.since ELSE p.approved_on_lo END,
    approved_on_hi = CASE WHEN a.asks = 'approval_day' THEN a.since ELSE p.approved_on_hi END,
    authority = CASE WHEN a.asks = 'competence' THEN a.word ELSE p.authority END,
    works = CASE WHEN a.asks = 'works' THEN a.word = 'yes' ELSE p.works END
FROM paper.answers AS a
WHERE p.state = 'kept' AND p.approval_key = a.approval_key AND a.asks = '{asks}' AND a.effect = 'set';
