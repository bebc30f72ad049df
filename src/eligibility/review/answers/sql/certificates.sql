-- A certificate, or a contract confirmed by the body that answers: a paper of its own where the household has none; what
-- is blank on its only one is filled. Of several it is not known which is meant.
CREATE OR REPLACE TEMP TABLE standing_paper AS
WITH standing AS (
    SELECT 'certificate' AS word, household_id, row_id, area_umu, issued_on_lo AS lo, issued_on_hi AS hi
    FROM paper.title_certificates WHERE state <> 'duplicate'
    UNION ALL
    SELECT 'contract', household_id, row_id, area_umu, contract_from_lo, contract_from_hi
    FROM paper.contract_ledger WHERE state <> 'duplicate' AND (confirmed_by IN ('agriculture', 'community') OR confirmed_by IS NULL)
)
SELECT
    a.row_id AS answer, count(s.row_id) AS papers, min(s.row_id) AS paper, min(s.area_umu) AS area_umu, min(s.lo) AS lo, max(s.hi) AS hi
FROM paper.answers AS a LEFT JOIN standing AS s ON s.household_id = a.subject AND s.word = a.word
WHERE a.asks = 'certificate' AND a.word IN ('certificate', 'contract')
GROUP BY a.row_id;

UPDATE paper.answers AS a SET effect = CASE
    WHEN a.word = 'contract' AND a.body NOT IN ('agriculture', 'community') THEN 'unused'
    WHEN s.papers = 0 THEN 'set'
    WHEN s.papers > 1 THEN 'unused'
    WHEN s.area_umu <> a.area_umu OR (s.lo = s.hi AND s.lo <> a.since) THEN 'conflict'
    WHEN s.area_umu IS NULL OR s.lo < s.hi THEN 'set'
    ELSE 'agrees'
END
FROM standing_paper AS s WHERE s.answer = a.row_id;

INSERT INTO paper.title_certificates BY NAME
SELECT
    (SELECT coalesce(max(row_id), -1) FROM paper.title_certificates) + row_number() OVER (ORDER BY a.row_id) AS row_id,
    a.source, a.row, 'kept' AS state, '核查答复 ' || a.subject AS certificate_no, a.subject AS household_id, a.area_umu, 0 AS area_half_umu,
    a.since AS issued_on_lo, a.since AS issued_on_hi, DATE '9999-12-31' AS withdrawn_on_lo, DATE '9999-12-31' AS withdrawn_on_hi
FROM paper.answers AS a JOIN standing_paper AS s ON s.answer = a.row_id
WHERE a.effect = 'set' AND a.word = 'certificate' AND s.papers = 0;

INSERT INTO paper.contract_ledger BY NAME
SELECT
    (SELECT coalesce(max(row_id), -1) FROM paper.contract_ledger) + row_number() OVER (ORDER BY a.row_id) AS row_id,
    a.source, a.row, 'kept' AS state, a.subject AS household_id, a.area_umu, 0 AS area_half_umu, a.since AS contract_from_lo,
    a.since AS contract_from_hi, DATE '0001-01-01' AS contract_to_lo, DATE '9999-12-31' AS contract_to_hi, a.body AS confirmed_by
FROM paper.answers AS a JOIN standing_paper AS s ON s.answer = a.row_id
WHERE a.effect = 'set' AND a.word = 'contract' AND s.papers = 0;

UPDATE paper.title_certificates AS c SET state = 'kept', certificate_no = coalesce(c.certificate_no, '核查答复 ' || a.subject),
    area_umu = coalesce(c.area_umu, a.area_umu), issued_on_lo = a.since, issued_on_hi = a.since
FROM paper.answers AS a JOIN standing_paper AS s ON s.answer = a.row_id
WHERE a.effect = 'set' AND a.word = 'certificate' AND s.papers = 1 AND c.row_id = s.paper;

UPDATE paper.contract_ledger AS c
SET state = 'kept', area_umu = coalesce(c.area_umu, a.area_umu), contract_from_lo = a.since, contract_from_hi = a.since, confirmed_by = coalesce(c.confirmed_by, a.body)
FROM paper.answers AS a JOIN standing_paper AS s ON s.answer = a.row_id
WHERE a.effect = 'set' AND a.word = 'contract' AND s.papers = 1 AND c.row_id = s.paper;
