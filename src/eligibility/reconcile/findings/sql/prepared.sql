-- The papers that exist on the day, in the shape every finding reads. `family`: 耕地 counts as one class.
CREATE OR REPLACE TEMP MACRO seen_family(land_class) AS
    CASE WHEN land_class IN ('basic_farmland', 'farmland') THEN 'cultivated' ELSE land_class END;
CREATE OR REPLACE TEMP MACRO seen_fits(one, other) AS
    (len(one) = 0 OR len(other) = 0 OR list_has_any(one, other));
CREATE OR REPLACE TEMP MACRO seen_family_fits(one, other) AS (one IS NULL OR other IS NULL OR one = other);

-- a batch and its part may be one
CREATE OR REPLACE TEMP MACRO seen_one_batch(one, other) AS
    (one = other OR starts_with(one, other || '（') OR starts_with(other, one || '（'));

CREATE OR REPLACE TEMP TABLE seen_line AS
SELECT
    c.row_id, c.agreement_no, c.agreement_key, c.land_class, seen_family(c.land_class) AS family, c.kind,
    a.community, a.community_key, a.group_name, c.placed_groups AS group_keys, a.signed_on_lo, a.signed_on_hi,
    c.area_umu, coalesce(a.area_half_umu, 0) AS half_umu, c.covered_umu_min, c.covered_umu_max, c.status,
    nullif(trim(a.cited_approval_no), '') AS cited, t.project_key, t.batch
FROM link.coverage AS c
JOIN paper.agreements AS a USING (row_id)
LEFT JOIN seen_text AS t ON t.said = a.project;

CREATE OR REPLACE TEMP TABLE seen_approval AS
SELECT
    a.approval_key, a.approval_no, a.project, a.batch AS batch_cell, p.project_key, p.batch AS project_batch, b.batch AS cell_batch,
    CASE WHEN a.conflict THEN DATE '0001-01-01' ELSE a.approved_on_lo END AS approved_lo,
    CASE WHEN a.conflict THEN DATE '9999-12-31' ELSE a.approved_on_hi END AS approved_hi
FROM paper.approvals AS a
LEFT JOIN seen_text AS p ON p.said = a.project
LEFT JOIN seen_text AS b ON b.said = a.batch
WHERE a.state = 'kept' AND a.approved_on_lo <= getvariable('seen_as_of');

CREATE OR REPLACE TEMP TABLE seen_parcel AS
SELECT
    p.row_id, approval_key, s.approval_no, p.community, p.community_key, p.group_name, coalesce(p.group_keys, []) AS group_keys,
    p.ownership, p.land_class, seen_family(p.land_class) AS family, p.area_umu, coalesce(p.area_half_umu, 0) AS half_umu,
    s.approved_lo, s.approved_hi
FROM paper.approval_parcels AS p JOIN seen_approval AS s USING (approval_key)
WHERE p.state = 'kept' AND p.area_umu IS NOT NULL;

-- what each line cites, and whether the dossier has it
CREATE OR REPLACE TEMP TABLE seen_cite AS
SELECT l.row_id, c.approval_key, c.readable, s.approval_key IS NOT NULL AS known,
       count(*) OVER (PARTITION BY l.row_id) AS cites
FROM seen_line AS l JOIN seen_citation AS c USING (cited) LEFT JOIN seen_approval AS s USING (approval_key);

CREATE OR REPLACE TEMP TABLE seen_link AS
SELECT l.row_id, k.approval_key, k.area_umu_min, k.area_umu_max, k.certainty = 'certain' AS certain
FROM link.links AS k
JOIN seen_line AS l ON l.agreement_key = k.agreement_key AND l.land_class IS NOT DISTINCT FROM k.land_class
WHERE k.certainty IN ('certain', 'possible');

-- collective land of an approval in one community and family: what its agreements should add up to
CREATE OR REPLACE TEMP TABLE seen_capacity AS
SELECT
    approval_key, any_value(approval_no) AS approval_no, community_key, min(community) AS community, family,
    array_to_string(list_sort(list_distinct(list(land_class) FILTER (land_class IS NOT NULL))), ';') AS land_class,
    CASE WHEN count(DISTINCT group_name) = 1 AND count(group_name) = count(*) THEN min(group_name) END AS group_name,
    any_value(approved_lo) AS approved_lo, sum(area_umu)::BIGINT AS area_umu, sum(half_umu)::BIGINT AS half_umu
FROM seen_parcel
WHERE ownership = 'collective'
GROUP BY approval_key, community_key, family
HAVING sum(area_umu) > 0;
