-- Facts of the persons chosen for a letter (table chosen), with the days of the roster that they rest on.
SELECT f.*, p.member_from_lo AS joined_lo, p.member_from_hi AS joined_hi
FROM fact.persons AS f
JOIN chosen USING (row_id)
JOIN paper.persons AS p USING (row_id)
