-- decision.finding_waits: for each code of findings on papers (`quarantine.csv`, `findings.csv`) the number of places where it was
-- found, and of persons in review who depend on a question about its subject: the person, household, agreement or file.
-- Example: the group of agreement 协3 cannot be read (group_of_any, one place); 52 persons depend on question “协议 协3 …”.
CREATE OR REPLACE TABLE decision.finding_waits AS
WITH uncertain_finding AS (SELECT f.* FROM link.findings AS f JOIN link.finding_kinds USING (code) WHERE opens),
at_row AS (
    SELECT DISTINCT q.code, q.table_name, s.source, q."row"
    FROM paper.quarantine AS q
    JOIN paper.sources AS s ON s.table_name = q.table_name AND s.file = q.file AND s.sheet IS NOT DISTINCT FROM q.sheet
    WHERE q."row" IS NOT NULL
),
-- the subject of each row of a paper
row_about AS (
    SELECT 'persons' AS table_name, source, "row", 'person' AS subject_kind, resident_id AS key FROM paper.persons
    UNION ALL SELECT 'persons', source, "row", 'household', household_id FROM paper.persons
    UNION ALL SELECT 'title_certificates', source, "row", 'household', household_id FROM paper.title_certificates
    UNION ALL SELECT 'contract_ledger', source, "row", 'household', household_id FROM paper.contract_ledger
    UNION ALL SELECT 'payouts', source, "row", 'household', household_id FROM paper.payouts
    UNION ALL SELECT 'payouts', source, "row", 'agreement', agreement_key FROM paper.payouts
    UNION ALL SELECT 'agreements', source, "row", 'agreement', agreement_key FROM paper.agreements
    UNION ALL SELECT 'confirmations', source, "row", 'person', resident_id FROM paper.confirmations
    UNION ALL SELECT 'approvals', source, "row", 'approval', approval_key FROM paper.approvals
    UNION ALL SELECT 'approval_parcels', source, "row", 'approval', approval_key FROM paper.approval_parcels
),
about AS (
    SELECT code, subject_kind, key FROM at_row JOIN row_about USING (table_name, source, "row")
    UNION
    SELECT code, 'agreement', agreement_key
    FROM (SELECT code, unnest(string_split(agreement_no, ';')) AS agreement_no FROM uncertain_finding)
    JOIN paper.agreements USING (agreement_no)
    UNION
    SELECT code, 'approval', approval_key
    FROM (SELECT code, unnest(string_split(approval_no, ';')) AS approval_no FROM uncertain_finding)
    JOIN link.approval_law USING (approval_no)
    UNION
    SELECT q.code, 'file', q.file FROM paper.quarantine AS q JOIN paper.unread USING (file)
),
-- an approval answers the questions on the agreements that it may cover
reached AS (
    SELECT * FROM about
    UNION
    SELECT code, 'agreement', l.agreement_key
    FROM about JOIN link.links AS l ON about.subject_kind = 'approval' AND l.approval_key = about.key
),
places AS (
    SELECT code, count(*) AS places FROM (SELECT code FROM paper.quarantine UNION ALL SELECT code FROM uncertain_finding) GROUP BY code
)
SELECT code, any_value(places) AS places, count(DISTINCT row_id) AS persons
FROM reached
JOIN places USING (code)
JOIN topic USING (subject_kind)
JOIN open_issues ON open_issues.topic = topic.topic AND open_issues.key = reached.key
GROUP BY code
ORDER BY code;
