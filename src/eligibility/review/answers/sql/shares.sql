-- The land of a household in an agreement: a line by parcel. It takes the place of a line that tells money only.
CREATE OR REPLACE TEMP TABLE standing_line AS
SELECT
    a.row_id AS answer, count(p.row_id) AS lines, min(p.row_id) AS line,
    count(p.row_id) FILTER (p.basis = 'by_parcel' AND p.area_umu IS NOT NULL) AS told,
    sum(p.area_umu) FILTER (p.basis = 'by_parcel')::BIGINT AS area_umu
FROM paper.answers AS a
LEFT JOIN paper.payouts AS p ON p.state <> 'duplicate' AND p.agreement_key = a.agreement_key AND p.household_id = a.household_id
WHERE a.word = 'shares' AND a.household_id <> ''
GROUP BY a.row_id;

UPDATE paper.answers AS a SET effect = CASE
    WHEN a.agreement_key IS NULL THEN 'unused'
    WHEN s.told = s.lines AND s.told > 0 THEN CASE WHEN s.area_umu = a.area_umu THEN 'agrees' ELSE 'conflict' END
    WHEN s.lines > 1 THEN 'unused'
    ELSE 'set'
END
FROM standing_line AS s WHERE s.answer = a.row_id;

UPDATE paper.payouts AS p SET state = 'kept', basis = 'by_parcel', area_umu = a.area_umu, area_half_umu = 0
FROM paper.answers AS a JOIN standing_line AS s ON s.answer = a.row_id
WHERE a.effect = 'set' AND s.lines = 1 AND p.row_id = s.line;

INSERT INTO paper.payouts BY NAME
SELECT
    (SELECT coalesce(max(row_id), -1) FROM paper.payouts) + row_number() OVER (ORDER BY a.row_id) AS row_id,
    a.source, a.row, 'kept' AS state, a.subject AS agreement_no, a.agreement_key, a.household_id, a.area_umu, 0 AS area_half_umu,
    'by_parcel' AS basis
FROM paper.answers AS a JOIN standing_line AS s ON s.answer = a.row_id
WHERE a.effect = 'set' AND s.lines = 0;
