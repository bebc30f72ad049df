-- Rows of one agreement and class that differ in area and money alone list its plots: they add up. Where a by-parcel roll does not
-- add up to the sum, or, without one, two rows have one area, a row may repeat or correct another: the sum is an upper bound.
-- A parcel written twice may be two. An area of 0 stands for a blank.
CREATE OR REPLACE TEMP TABLE plot AS
WITH line AS (
    SELECT *, row(community_key, list_sort(group_keys), signed_on_lo, signed_on_hi, project, kind, cited_approval_no) AS head
    FROM paper.agreements
    WHERE agreement_key IN (SELECT agreement_key FROM paper.agreements WHERE state <> 'kept' AND agreement_key IS NOT NULL)
),
summed AS (
    SELECT agreement_key, land_class, min(row_id) FILTER (state = 'kept') AS row_id, sum(area_umu)::BIGINT AS area_umu,
           sum(area_half_umu)::BIGINT AS half, CASE WHEN bool_and(compensation_fen IS NOT NULL) THEN sum(compensation_fen)::BIGINT END AS fen,
           bool_or(area_umu IS NULL) AS unread, count(DISTINCT area_umu) < count(*) AS alike
    FROM line GROUP BY agreement_key, land_class
    HAVING count(*) > 1 AND count(DISTINCT head) = 1 AND count(*) FILTER (state = 'kept') = 1
),
of_agreement AS (
    SELECT agreement_key, sum(area_umu)::BIGINT AS area_umu, sum(half)::BIGINT AS half
    FROM (
        SELECT agreement_key, area_umu, half FROM summed WHERE land_class IN ('basic_farmland', 'farmland')
        UNION ALL
        SELECT agreement_key, area_umu, area_half_umu FROM paper.agreements AS a
        WHERE state = 'kept' AND land_class IN ('basic_farmland', 'farmland')
            AND (agreement_key, land_class) NOT IN (SELECT (s.agreement_key, s.land_class) FROM summed AS s)
    )
    GROUP BY agreement_key
),
roll AS (
    SELECT agreement_key, sum(area_umu)::BIGINT AS area_umu, count(*) AS n
    FROM paper.payouts WHERE state = 'kept' GROUP BY agreement_key
    HAVING bool_and(area_umu IS NOT NULL AND basis = 'by_parcel')
)
SELECT s.row_id, s.agreement_key, s.land_class, s.area_umu, s.half, s.fen,
       CASE WHEN roll.n > 0 AND s.land_class IN ('basic_farmland', 'farmland')
            THEN abs(roll.area_umu - o.area_umu) > least(o.half, 50000) + 5000 * roll.n
            ELSE alike END AS unsure
FROM summed AS s
LEFT JOIN of_agreement AS o USING (agreement_key)
LEFT JOIN roll USING (agreement_key)
WHERE NOT unread;

UPDATE paper.agreements AS a SET state = 'duplicate'
FROM plot AS p WHERE a.agreement_key = p.agreement_key AND a.land_class IS NOT DISTINCT FROM p.land_class AND a.row_id <> p.row_id;
UPDATE paper.agreements AS a SET area_umu = p.area_umu, area_half_umu = p.half, compensation_fen = p.fen, conflict = p.unsure
FROM plot AS p WHERE a.row_id = p.row_id;
-- plot_row: rows whose land is counted with the first of their agreement and class; they are not set aside, and are told of as plots
CREATE OR REPLACE TEMP TABLE plot_row AS
SELECT a.row_id, a.source, a."row", f."row" AS first_row
FROM paper.agreements AS a
JOIN plot AS p ON a.agreement_key = p.agreement_key AND a.land_class IS NOT DISTINCT FROM p.land_class AND a.row_id <> p.row_id
JOIN paper.agreements AS f ON f.row_id = p.row_id
WHERE NOT p.unsure;
DELETE FROM paper.quarantine AS q USING plot_row AS p JOIN paper.sources AS s USING (source)
WHERE q.table_name = 'agreements' AND q.code = 'duplicate_row' AND NOT q.kept AND q.file = s.file AND q.sheet IS NOT DISTINCT FROM s.sheet AND q."row" = p."row";
UPDATE paper.tables SET kept = kept + (SELECT count(*) FROM plot_row), quarantined = quarantined - (SELECT count(*) FROM plot_row)
WHERE table_name = 'agreements';
UPDATE paper.approval_parcels SET state = 'lost' WHERE state = 'duplicate';

CREATE OR REPLACE TEMP TABLE zero_area AS
SELECT 'agreements' AS table_name, row_id, source, "row", 'area' AS column_key, FALSE AS kept FROM paper.agreements WHERE state = 'kept' AND area_umu = 0
UNION ALL
SELECT 'approval_parcels', row_id, source, "row", 'area', FALSE FROM paper.approval_parcels WHERE state = 'kept' AND area_umu = 0
UNION ALL
SELECT 'title_certificates', row_id, source, "row", 'area_mu', TRUE FROM paper.title_certificates WHERE state = 'kept' AND area_umu = 0
UNION ALL
SELECT 'contract_ledger', row_id, source, "row", 'area_mu', TRUE FROM paper.contract_ledger WHERE state = 'kept' AND area_umu = 0
UNION ALL
SELECT 'groups', row_id, source, "row", 'contracted_mu', TRUE FROM paper.groups WHERE state = 'kept' AND contracted_umu = 0;
UPDATE paper.agreements SET state = 'lost', area_umu = NULL WHERE row_id IN (SELECT row_id FROM zero_area WHERE table_name = 'agreements');
UPDATE paper.approval_parcels SET state = 'lost', area_umu = NULL WHERE row_id IN (SELECT row_id FROM zero_area WHERE table_name = 'approval_parcels');
UPDATE paper.title_certificates SET area_umu = NULL WHERE area_umu = 0;
UPDATE paper.contract_ledger SET area_umu = NULL WHERE area_umu = 0;
UPDATE paper.groups SET contracted_umu = NULL WHERE contracted_umu = 0;
UPDATE paper.tables AS t SET kept = kept - z.n, quarantined = quarantined + z.n
FROM (SELECT table_name, count(*) AS n FROM zero_area WHERE NOT kept GROUP BY table_name) AS z WHERE z.table_name = t.table_name;
