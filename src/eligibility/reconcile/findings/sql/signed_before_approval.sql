-- 未批先征: certainly signed before the approval that covers it, while the law of that day wanted the approval first.
-- Certain: the latest day of signing lies before the earliest day of approval, and every day of signing under that law.
SELECT l.agreement_no, l.land_class, s.approval_no, l.community, l.group_name, l.area_umu, k.area_umu_min AS other_umu,
       l.signed_on_hi AS day, s.approved_lo AS other_day, 'signed_before' AS evidence
FROM seen_line AS l
JOIN seen_link AS k USING (row_id)
JOIN seen_approval AS s USING (approval_key)
WHERE l.kind = 'expropriation' AND k.certain AND l.signed_on_hi < s.approved_lo
    AND EXISTS (FROM seen_law AS w WHERE NOT w.allowed AND w.since <= l.signed_on_lo AND l.signed_on_hi < w.until)
