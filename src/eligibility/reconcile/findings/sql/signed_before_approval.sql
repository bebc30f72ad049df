-- 未批先征: certainly signed before the approval that covers it, while the law of that date required the approval first.
-- Certain: the latest possible date of signing is before the earliest of approval, and all possible dates of signing are
-- under that law.
SELECT l.agreement_no, l.land_class, s.approval_no, l.community, l.group_name, l.area_umu, k.area_umu_min AS other_umu,
       l.signed_on_hi AS day, s.approved_lo AS other_day, 'signed_before' AS evidence
FROM current_line AS l
JOIN current_link AS k USING (row_id)
JOIN current_approval AS s USING (approval_key)
WHERE l.kind = 'expropriation' AND k.certain AND l.signed_on_hi < s.approved_lo
    AND EXISTS (FROM signing_law AS w WHERE NOT w.allowed AND w.since <= l.signed_on_lo AND l.signed_on_hi < w.until)
