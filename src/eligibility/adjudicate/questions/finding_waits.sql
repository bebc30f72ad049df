-- decision.finding_waits: for each code of findings on papers (`quarantine.csv`, `findings.csv`) the places where it was found, and the
-- persons in review who wait for the answer to a question about what it was found on: the person, household, agreement or file.
-- Example: the group of agreement 协3 cannot be read (group_of_any, one place); 52 persons wait for question “协议 协3 …”.
CREATE OR REPLACE TABLE decision.finding_waits AS
WITH opening AS (SELECT f.* FROM link.findings AS f JOIN link.finding_kinds USING (code) WHERE opens),
at_row AS (
    SELECT DISTINCT q.code, q.table_name, s.source, q."row"
    FROM paper.quarantine AS q
    JOIN paper.sources AS s ON s.table_name = q.table_name AND s.file = q.file AND s.sheet IS NOT DISTINCT FROM q.sheet
    WHERE q."row" IS NOT NULL
),
about AS (
    SELECT code, 'person' AS subject_kind, resident_id AS key
    FROM at_row JOIN paper.persons USING (source, "row") WHERE table_name = 'persons'
    UNION
    SELECT code, 'household', household_id FROM at_row JOIN paper.persons USING (source, "row") WHERE table_name = 'persons'
    UNION
    SELECT code, 'household', household_id
    FROM at_row JOIN paper.title_certificates USING (source, "row") WHERE table_name = 'title_certificates'
    UNION
    SELECT code, 'household', household_id
    FROM at_row JOIN paper.contract_ledger USING (source, "row") WHERE table_name = 'contract_ledger'
    UNION
    SELECT code, 'household', household_id FROM at_row JOIN paper.payouts USING (source, "row") WHERE table_name = 'payouts'
    UNION
    SELECT code, 'agreement', agreement_key FROM at_row JOIN paper.payouts USING (source, "row") WHERE table_name = 'payouts'
    UNION
    SELECT code, 'agreement', agreement_key
    FROM at_row JOIN paper.agreements USING (source, "row") WHERE table_name = 'agreements'
    UNION
    SELECT code, 'person', resident_id
    FROM at_row JOIN paper.confirmations USING (source, "row") WHERE table_name = 'confirmations'
    UNION
    SELECT code, 'approval', approval_key FROM at_row JOIN paper.approvals USING (source, "row") WHERE table_name = 'approvals'
    UNION
    SELECT code, 'approval', approval_key
    FROM at_row JOIN paper.approval_parcels USING (source, "row") WHERE table_name = 'approval_parcels'
    UNION
    SELECT code, 'agreement', agreement_key
    FROM (SELECT code, unnest(string_split(agreement_no, ';')) AS agreement_no FROM opening)
    JOIN paper.agreements USING (agreement_no)
    UNION
    SELECT code, 'approval', approval_key
    FROM (SELECT code, unnest(string_split(approval_no, ';')) AS approval_no FROM opening)
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
    SELECT code, count(*) AS places FROM (SELECT code FROM paper.quarantine UNION ALL SELECT code FROM opening) GROUP BY code
)
SELECT code, any_value(places) AS places, count(DISTINCT row_id) AS persons
FROM reached
JOIN places USING (code)
JOIN topic USING (subject_kind)
JOIN waits ON waits.topic = topic.topic AND waits.key = reached.key
GROUP BY code
ORDER BY code;
