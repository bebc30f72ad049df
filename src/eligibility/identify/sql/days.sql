-- Days that cannot be right are not known, and their row stays: before 1950 (a spreadsheet's first days are in 1900; for
-- membership before 1910), a death, leaving or membership before the birth, an end before its beginning, more than a year after the day of decision (but for a
-- day that most rows with an end share: it says that somebody is still a member), or, for a signing after that
-- day, years after the approval that the agreement cites. Membership that begins after the day of decision is a slip. Of a
-- membership that ends before it begins neither day is known, also where one of them alone could be wrong.
-- Example: a member since 2103-01-01 on a roster of 2022 → member since a day that is not known.
CREATE OR REPLACE TEMP TABLE wrong_day AS
WITH edge AS (SELECT DATE '1950-01-01' AS first, getvariable('decided_on')::DATE AS today, getvariable('decided_on')::DATE + 366 AS last),
-- the day that stands for "still a member" where most rows with an end have one and the same in the future
open_end AS (
    SELECT max(member_to_lo) AS day FROM (
        SELECT member_to_lo, count(*) AS n, sum(count(*)) OVER () AS rows FROM paper.persons
        WHERE state = 'kept' AND member_to_lo > DATE '0001-01-01' AND member_to_hi < DATE '9999-12-31' GROUP BY member_to_lo
    ), edge WHERE member_to_lo > last AND n > 1 AND 2 * n > rows
),
-- the day since when most of the roster are members: those born later are since their birth
common_start AS (
    SELECT max(member_from_lo) AS day FROM (
        SELECT member_from_lo, count(*) AS n, sum(count(*)) OVER () AS rows FROM paper.persons
        WHERE state = 'kept' AND member_from_lo > DATE '0001-01-01' AND member_from_hi < DATE '9999-12-31' GROUP BY member_from_lo
    ) WHERE n > 1 AND 2 * n > rows
),
cited AS (
    SELECT g.row_id, max(a.approved_on_hi) AS approved
    FROM paper.agreements AS g JOIN paper.approvals AS a ON a.state = 'kept' AND g.cited_approval_no IS NOT NULL
        AND regexp_replace(g.cited_approval_no, '[^0-9一-龥]', '', 'g') = regexp_replace(a.approval_no, '[^0-9一-龥]', '', 'g')
    WHERE g.signed_on_lo > getvariable('decided_on')::DATE AND g.signed_on_lo < DATE '9999-12-31'
    GROUP BY g.row_id
)
SELECT 'persons' AS table_name, row_id, source, "row", day.key AS column_key, day.lo::VARCHAR AS value
FROM (SELECT *, member_to_hi <= member_from_lo AS disordered FROM paper.persons), edge, (SELECT unnest([
    {'key': 'member_from', 'lo': member_from_lo, 'wrong': member_from_lo > DATE '0001-01-01' AND member_from_lo < DATE '9999-12-31'
        AND (member_from_hi < DATE '1910-01-01' OR (member_from_hi < born AND member_from_lo IS DISTINCT FROM (SELECT day FROM common_start)) OR member_from_lo > today OR deceased_on_hi < member_from_lo OR disordered)},
    {'key': 'member_to', 'lo': member_to_lo, 'wrong': member_to_lo > DATE '0001-01-01' AND member_to_hi < DATE '9999-12-31'
        AND (member_to_hi < first OR member_to_hi < born OR (member_to_lo > last AND member_to_lo IS DISTINCT FROM (SELECT day FROM open_end)) OR disordered)},
    {'key': 'deceased_on', 'lo': deceased_on_lo, 'wrong': deceased_on_lo > DATE '0001-01-01' AND deceased_on_hi < DATE '9999-12-31'
        AND (deceased_on_hi < first OR deceased_on_lo > last OR deceased_on_hi < born OR deceased_on_hi < member_from_lo)}
]) AS day)
WHERE day.wrong AND state = 'kept'
UNION ALL
SELECT 'title_certificates', row_id, source, "row", day.key, day.lo::VARCHAR
FROM paper.title_certificates, edge, (SELECT unnest([
    {'key': 'issued_on', 'lo': issued_on_lo, 'wrong': issued_on_lo > DATE '0001-01-01' AND issued_on_hi < DATE '9999-12-31'
        AND (issued_on_hi < first OR issued_on_lo > last OR withdrawn_on_hi < issued_on_lo)},
    {'key': 'withdrawn_on', 'lo': withdrawn_on_lo, 'wrong': withdrawn_on_lo > DATE '0001-01-01' AND withdrawn_on_hi < DATE '9999-12-31'
        AND (withdrawn_on_hi < first OR withdrawn_on_lo > last OR withdrawn_on_hi < issued_on_lo)}
]) AS day)
WHERE day.wrong AND state = 'kept'
UNION ALL
SELECT 'contract_ledger', row_id, source, "row", 'contract_from', contract_from_lo::VARCHAR
FROM paper.contract_ledger, edge
WHERE state = 'kept' AND contract_from_lo > DATE '0001-01-01' AND contract_from_hi < DATE '9999-12-31'
    AND (contract_from_hi < first OR contract_from_lo > last)
UNION ALL
SELECT 'approvals', row_id, source, "row", 'approved_on', approved_on_lo::VARCHAR
FROM paper.approvals, edge
WHERE state = 'kept' AND approved_on_lo > DATE '0001-01-01' AND approved_on_hi < DATE '9999-12-31'
    AND (approved_on_hi < first OR approved_on_lo > last)
UNION ALL
SELECT 'agreements', row_id, source, "row", 'signed_on', signed_on_lo::VARCHAR
FROM paper.agreements LEFT JOIN cited USING (row_id), edge
WHERE state <> 'duplicate' AND signed_on_lo > DATE '0001-01-01' AND signed_on_hi < DATE '9999-12-31'
    AND (signed_on_hi < first OR signed_on_lo > last OR (signed_on_lo > today AND approved + 1095 < signed_on_lo))
UNION ALL
SELECT 'confirmations', row_id, source, "row", 'on', made_on_lo::VARCHAR
FROM paper.confirmations, edge
WHERE state = 'kept' AND made_on_lo > DATE '0001-01-01' AND made_on_hi < DATE '9999-12-31' AND (made_on_hi < first OR made_on_lo > last);

UPDATE paper.persons SET member_from_lo = coalesce(born, DATE '0001-01-01'), member_from_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'persons' AND column_key = 'member_from');
UPDATE paper.persons SET member_from_lo = born, member_from_hi = born WHERE state = 'kept' AND member_from_hi < born;
UPDATE paper.persons SET member_to_lo = DATE '0001-01-01', member_to_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'persons' AND column_key = 'member_to');
UPDATE paper.persons SET deceased_on_lo = DATE '0001-01-01', deceased_on_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'persons' AND column_key = 'deceased_on');
UPDATE paper.title_certificates SET issued_on_lo = DATE '0001-01-01', issued_on_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'title_certificates' AND column_key = 'issued_on');
UPDATE paper.title_certificates SET withdrawn_on_lo = DATE '0001-01-01', withdrawn_on_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'title_certificates' AND column_key = 'withdrawn_on');
UPDATE paper.contract_ledger SET contract_from_lo = DATE '0001-01-01', contract_from_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'contract_ledger' AND column_key = 'contract_from');
UPDATE paper.approvals SET approved_on_lo = DATE '0001-01-01', approved_on_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'approvals' AND column_key = 'approved_on');
UPDATE paper.agreements SET signed_on_lo = DATE '0001-01-01', signed_on_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'agreements' AND column_key = 'signed_on');
UPDATE paper.confirmations SET made_on_lo = DATE '0001-01-01', made_on_hi = DATE '9999-12-31'
WHERE row_id IN (SELECT row_id FROM wrong_day WHERE table_name = 'confirmations' AND column_key = 'on');
