-- The papers from which the facts of person $row_id are derived, each with its place.
WITH person AS (SELECT * FROM paper.persons WHERE row_id = $row_id),
signed AS (
    SELECT a.*
    FROM paper.agreements AS a, person
    WHERE a.state = 'kept' AND (
        a.agreement_key IN (SELECT agreement_key FROM paper.payouts JOIN person USING (household_id))
        OR (a.community_key = person.community_key AND (len(a.group_keys) = 0 OR list_contains(a.group_keys, person.group_key)))
    )
),
papers AS (
    SELECT 1 AS part, 'persons' AS table_name, source, row, name AS said FROM person
    UNION ALL
    SELECT 2, 'title_certificates', c.source, c.row, c.certificate_no || ' ' || mu(c.area_umu)
        || days('发证', c.issued_on_lo, c.issued_on_hi) || days('收回', c.withdrawn_on_lo, c.withdrawn_on_hi)
    FROM paper.title_certificates AS c JOIN person USING (household_id) WHERE c.state = 'kept'
    UNION ALL
    SELECT 3, 'contract_ledger', l.source, l.row, mu(l.area_umu) || days('合同起', l.contract_from_lo, l.contract_from_hi)
        || coalesce(' ' || l.confirmed_by, '')
    FROM paper.contract_ledger AS l JOIN person USING (household_id) WHERE l.state = 'kept'
    UNION ALL
    SELECT 4, 'groups', g.source, g.row, mu(g.contracted_umu)
    FROM paper.groups AS g JOIN person USING (community_key, group_key) WHERE g.state = 'kept'
    UNION ALL
    SELECT 5, 'agreements', s.source, s.row, s.agreement_no || ' ' || coalesce(s.kind, '?') || ' ' || coalesce(s.land_class, '?')
        || ' ' || mu(s.area_umu) || days('签订', s.signed_on_lo, s.signed_on_hi) || coalesce(' 引用 ' || s.cited_approval_no, '')
    FROM signed AS s
    UNION ALL
    SELECT 6, 'payouts', p.source, p.row, p.agreement_key || ' ' || coalesce(p.basis, '?') || ' ' || mu(p.area_umu)
    FROM paper.payouts AS p JOIN person USING (household_id) WHERE p.state = 'kept'
    UNION ALL
    SELECT DISTINCT 7, 'approvals', a.source, a.row, a.approval_no || ' ' || coalesce(a.authority, '?')
        || days('批准', a.approved_on_lo, a.approved_on_hi)
    FROM link.links AS l JOIN signed USING (agreement_key) JOIN paper.approvals AS a USING (approval_key)
    WHERE a.state = 'kept' AND l.land_class IS NOT DISTINCT FROM signed.land_class
    UNION ALL
    SELECT DISTINCT 8, 'approval_parcels', b.source, b.row, b.approval_key || ' ' || coalesce(b.ownership, '?') || ' '
        || coalesce(b.land_class, '?') || ' ' || mu(b.area_umu)
    FROM link.links AS l JOIN signed USING (agreement_key) JOIN paper.approval_parcels AS b USING (approval_key), person
    WHERE b.state = 'kept' AND l.land_class IS NOT DISTINCT FROM signed.land_class AND b.community_key = person.community_key
    AND (len(b.group_keys) = 0 OR list_contains(b.group_keys, person.group_key))
    UNION ALL
    SELECT 9, 'confirmations', o.source, o.row, o.stage || ' ' || o.opinion
    FROM paper.confirmations AS o JOIN person USING (resident_id) WHERE o.state IN ('kept', 'answered')
        AND o.source NOT IN (SELECT source FROM paper.answers)
    UNION ALL
    -- rows of lists and registers with which the roster was compared
    SELECT DISTINCT 10, 'listed', s.source, s."row", CASE s.kind
        WHEN 'public_staff' THEN '财政供养' WHEN 'officer' THEN '军官' WHEN 'employee_pension' THEN '职工养老 ' || s.value
        WHEN 'imprisoned' THEN '服刑' WHEN 'student' THEN '在校' || days('自', s.since_lo, s.since_hi) || days('至', s.until_lo, s.until_hi)
        WHEN 'deceased_on' THEN '死亡' || days('', s.since_lo, s.since_hi) WHEN 'alive' THEN '在户籍登记中'
        WHEN 'residence' THEN '户籍 ' || s.value || CASE WHEN s.since_hi > DATE '0001-01-01' THEN days('自', s.since_lo, s.since_hi) ELSE '' END
        WHEN 'member' THEN '在成员名册中' ELSE s.value END
    FROM compared.spells AS s WHERE s.row_id = $row_id AND s.kind <> 'address'
    UNION ALL
    SELECT 9, 'answers', a.source, a.row, a.said || ' [' || a.effect || ']'
    FROM paper.answers AS a, person
    WHERE (a.subject_kind = 'person' AND a.subject = person.resident_id)
       OR (a.subject_kind = 'household' AND a.subject = person.household_id)
       OR a.household_id = person.household_id
       OR (a.household_id = '' AND a.agreement_key IN (SELECT agreement_key FROM signed))
       OR a.approval_key IN (SELECT l.approval_key FROM link.links AS l JOIN signed USING (agreement_key))
)
SELECT table_name, file, sheet, row, coalesce(said, ''), source
FROM papers JOIN paper.sources USING (source, table_name)
ORDER BY part, source, row, said;
