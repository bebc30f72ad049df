-- paper.answers: the answers of reviewers that this batch was given, each with its place and with what became of it (effect):
-- set: it filled what was open; agrees: the papers say the same; conflict: they say otherwise; unused: it does not suffice;
-- recorded: only mended papers can settle such a question.
CREATE OR REPLACE TABLE paper.answers AS
SELECT
    (row_number() OVER (ORDER BY n))::INTEGER - 1 AS row_id,
    (SELECT coalesce(max(source), -1) FROM paper.sources) + dense_rank() OVER (ORDER BY file, sheet, sha256)::INTEGER AS source,
    row::INTEGER AS row, 'kept' AS state, asks, subject_kind, subject, household_id,
    NULL::VARCHAR AS agreement_key, NULL::VARCHAR AS approval_key, word, place, area_umu, since, until, body, reviewer, said,
    'recorded' AS effect, file, sheet, sha256
FROM arriving;

INSERT INTO paper.sources
SELECT DISTINCT source, 'answers', file, sheet, sha256 FROM paper.answers ORDER BY source;
ALTER TABLE paper.answers DROP COLUMN file;
ALTER TABLE paper.answers DROP COLUMN sheet;
ALTER TABLE paper.answers DROP COLUMN sha256;

UPDATE paper.answers AS a SET agreement_key = g.agreement_key
FROM (SELECT DISTINCT agreement_no, agreement_key FROM paper.agreements WHERE agreement_key IS NOT NULL) AS g
WHERE a.subject_kind = 'agreement' AND a.subject IN (g.agreement_no, g.agreement_key);

UPDATE paper.answers AS a SET approval_key = g.approval_key
FROM (SELECT DISTINCT approval_no, approval_key FROM paper.approvals WHERE approval_key IS NOT NULL) AS g
WHERE a.subject_kind = 'approval' AND a.subject IN (g.approval_no, g.approval_key);
