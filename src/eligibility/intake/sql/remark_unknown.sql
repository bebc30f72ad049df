-- Cells beside a remark that speaks against them are not known, and never read as blank.
UPDATE intake.raw SET "{column}" = NULL
WHERE remark = $remark AND (len($no) = 0 OR list_contains($no, lower("{column}")));
