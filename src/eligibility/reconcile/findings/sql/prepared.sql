-- The papers that exist on the day, in the form that all findings read. `family`: both classes of 耕地 are one family.
CREATE OR REPLACE TEMP MACRO land_family(land_class) AS
    CASE WHEN land_class IN ('basic_farmland', 'farmland') THEN 'cultivated' ELSE land_class END;
CREATE OR REPLACE TEMP MACRO groups_overlap(left_keys, right_keys) AS
    (len(left_keys) = 0 OR len(right_keys) = 0 OR list_has_any(left_keys, right_keys));
CREATE OR REPLACE TEMP MACRO same_family(left_family, right_family) AS
    (left_family IS NULL OR right_family IS NULL OR left_family = right_family);

-- a batch and a part of it may be the same batch
CREATE OR REPLACE TEMP MACRO may_be_one_batch(left_batch, right_batch) AS
    (left_batch = right_batch OR starts_with(left_batch, right_batch || '（') OR starts_with(right_batch, left_batch || '（'));

CREATE OR REPLACE TEMP TABLE current_line AS
SELECT
    c.row_id, c.agreement_no, c.agreement_key, c.land_class, land_family(c.land_class) AS family, c.kind,
    a.community, a.community_key, a.group_name, c.placed_groups AS group_keys, a.signed_on_lo, a.signed_on_hi,
    c.area_umu, coalesce(a.area_half_umu, 0) AS half_unit_micro_mu, c.covered_umu_min, c.covered_umu_max, c.status,
    nullif(trim(a.cited_approval_no), '') AS cited, t.project_key, t.batch
FROM link.coverage AS c
JOIN paper.agreements AS a USING (row_id)
LEFT JOIN parsed_text AS t ON t.text = a.project;

CREATE OR REPLACE TEMP TABLE current_approval AS
SELECT
    a.approval_key, a.approval_no, a.project, a.batch AS batch_cell, p.project_key, p.batch AS project_batch, b.batch AS cell_batch,
    CASE WHEN a.conflict THEN DATE '0001-01-01' ELSE a.approved_on_lo END AS approved_lo,
    CASE WHEN a.conflict THEN DATE '9999-12-31' ELSE a.approved_on_hi END AS approved_hi
FROM paper.approvals AS a
LEFT JOIN parsed_text AS p ON p.text = a.project
LEFT JOIN parsed_text AS b ON b.text = a.batch
WHERE a.state = 'kept' AND a.approved_on_lo <= getvariable('findings_as_of');

CREATE OR REPLACE TEMP TABLE current_parcel AS
SELECT
    p.row_id, approval_key, s.approval_no, p.community, p.community_key, p.group_name, coalesce(p.group_keys, []) AS group_keys,
    p.ownership, p.land_class, land_family(p.land_class) AS family, p.area_umu, coalesce(p.area_half_umu, 0) AS half_unit_micro_mu,
    s.approved_lo, s.approved_hi
FROM paper.approval_parcels AS p JOIN current_approval AS s USING (approval_key)
WHERE p.state = 'kept' AND p.area_umu IS NOT NULL;

-- the approvals that each line cites, and whether they are in the dossier
CREATE OR REPLACE TEMP TABLE line_citation AS
SELECT l.row_id, c.approval_key, c.readable, s.approval_key IS NOT NULL AS known,
       count(*) OVER (PARTITION BY l.row_id) AS cites
FROM current_line AS l JOIN parsed_citation AS c USING (cited) LEFT JOIN current_approval AS s USING (approval_key);

CREATE OR REPLACE TEMP TABLE current_link AS
SELECT l.row_id, k.approval_key, k.area_umu_min, k.area_umu_max, k.certainty = 'certain' AS certain
FROM link.links AS k
JOIN current_line AS l ON l.agreement_key = k.agreement_key AND l.land_class IS NOT DISTINCT FROM k.land_class
WHERE k.certainty IN ('certain', 'possible');

-- collective land of an approval in one community and family: the expected total of its agreements
CREATE OR REPLACE TEMP TABLE approved_land AS
SELECT
    approval_key, any_value(approval_no) AS approval_no, community_key, min(community) AS community, family,
    array_to_string(list_sort(list_distinct(list(land_class) FILTER (land_class IS NOT NULL))), ';') AS land_class,
    CASE WHEN count(DISTINCT group_name) = 1 AND count(group_name) = count(*) THEN min(group_name) END AS group_name,
    any_value(approved_lo) AS approved_lo, sum(area_umu)::BIGINT AS area_umu, sum(half_unit_micro_mu)::BIGINT AS half_unit_micro_mu
FROM current_parcel
WHERE ownership = 'collective'
GROUP BY approval_key, community_key, family
HAVING sum(area_umu) > 0;
