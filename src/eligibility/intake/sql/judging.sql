-- Judgements with what became of each: `issue` is why a row does not count, `col` and `value` the cell to mend.
CREATE OR REPLACE TEMP TABLE judgement AS
WITH known AS (
    SELECT
        j.*, row_number() OVER () AS place,
        EXISTS (FROM paper.agreements AS a WHERE a.state = 'kept' AND a.agreement_key = j.agreement_key) AS agreement_known,
        EXISTS (
            FROM paper.agreements AS a
            WHERE a.state = 'kept' AND a.agreement_key = j.agreement_key AND a.land_class IS NOT DISTINCT FROM j.class_key
        ) AS line_known,
        EXISTS (FROM paper.approvals AS a WHERE a.state = 'kept' AND a.approval_key = j.approval_key) AS approval_known
    FROM judging AS j
)
SELECT
    *,
    CASE
        WHEN agreement_key IS NULL THEN {'issue': 'required_blank', 'col': 'agreement_no', 'value': ''}
        WHEN approval_key IS NULL THEN {'issue': 'required_blank', 'col': 'approval_no', 'value': ''}
        WHEN judgement = '' THEN {'issue': 'required_blank', 'col': 'judgement', 'value': ''}
        WHEN "by" = '' THEN {'issue': 'required_blank', 'col': 'by', 'value': ''}
        WHEN verdict IS NULL THEN {'issue': 'bad_enum', 'col': 'judgement', 'value': judgement}
        WHEN land_class <> '' AND class_key IS NULL THEN {'issue': 'bad_enum', 'col': 'land_class', 'value': land_class}
        WHEN NOT agreement_known THEN {'issue': 'unknown_reference', 'col': 'agreement_no', 'value': agreement_no}
        WHEN land_class <> '' AND NOT line_known THEN {'issue': 'unknown_reference', 'col': 'land_class', 'value': land_class}
        WHEN NOT approval_known THEN {'issue': 'unknown_reference', 'col': 'approval_no', 'value': approval_no}
    END AS wrong
FROM known;
INSERT INTO paper.sources
SELECT (SELECT coalesce(max(source), -1) FROM paper.sources) + row_number() OVER (ORDER BY sheet)::INTEGER, 'judgements', file, sheet, sha256
FROM (SELECT DISTINCT file, sheet, sha256 FROM judgement);
INSERT INTO paper.tables
SELECT 'judgements', TRUE, count(*), count(*) FILTER (wrong IS NULL), count(*) FILTER (wrong IS NOT NULL), []
FROM judgement HAVING count(*) > 0;
