-- Which approval covers an agreement: the citation of its rows where they name none that can be read. reading: each text with the numbers it names.
UPDATE paper.answers AS a SET effect = CASE
    WHEN said.numbers = '' OR a.agreement_key IS NULL THEN 'unused'
    WHEN (SELECT bool_and(coalesce(r.numbers, '') = '') FROM paper.agreements AS g LEFT JOIN reading AS r ON r.text = g.cited_approval_no WHERE g.state = 'kept' AND g.agreement_key = a.agreement_key) THEN 'set'
    WHEN (SELECT bool_and(coalesce(r.numbers, '') IN ('', said.numbers)) FROM paper.agreements AS g LEFT JOIN reading AS r ON r.text = g.cited_approval_no WHERE g.state = 'kept' AND g.agreement_key = a.agreement_key) THEN 'agrees'
    ELSE 'conflict'
END
FROM reading AS said WHERE a.asks = 'link' AND said.text = a.word;

UPDATE paper.agreements AS g SET cited_approval_no = a.word
FROM paper.answers AS a
WHERE a.asks = 'link' AND a.effect = 'set' AND g.state = 'kept' AND g.agreement_key = a.agreement_key;
