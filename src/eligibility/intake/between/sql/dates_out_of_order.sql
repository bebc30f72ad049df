-- Days that for certain stand in the wrong order: an end before its beginning, a membership before a birth.
WITH pair AS (
    SELECT 'persons' AS table_name, row_id, source, state, 'member_to' AS ends, member_to_hi AS late, 'member_from' AS begins,
        member_from_lo AS early
    FROM paper.persons
    UNION ALL
    SELECT 'persons', row_id, source, state, 'deceased_on', deceased_on_hi, 'member_from', member_from_lo FROM paper.persons
    UNION ALL
    SELECT 'persons', row_id, source, state, 'member_from', member_from_hi, 'resident_id', born FROM paper.persons
    UNION ALL
    SELECT 'persons', row_id, source, state, 'deceased_on', deceased_on_hi, 'resident_id', born FROM paper.persons
    UNION ALL
    SELECT 'title_certificates', row_id, source, state, 'withdrawn_on', withdrawn_on_hi, 'issued_on', issued_on_lo
    FROM paper.title_certificates
    UNION ALL
    SELECT 'contract_ledger', row_id, source, state, 'contract_to', contract_to_hi, 'contract_from', contract_from_lo
    FROM paper.contract_ledger
)
SELECT
    p.table_name, p.row_id, 500, p.ends, p.late::VARCHAR, 'dates_out_of_order',
    '「' || h.header || '」' || if(p.begins = 'resident_id', '中的出生日期 ', ' ') || p.early::VARCHAR, FALSE, NULL, NULL
FROM pair AS p
JOIN paper.headers AS h ON h.source = p.source AND h.column_key = p.begins
WHERE p.late < p.early AND p.state = 'kept'
