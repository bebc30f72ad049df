-- The parts of each case, for every person of it, with the days from and to which the person gets the benefit.
INSERT INTO {table}
SELECT
    fact.row_id, decided.resident_id, $item, part.place, $benefit, member."class", part.entitled, $paid, part.amount_min,
    part.amount_max, '元', {starts}, {ends}, part.payer, part.share, part.assumed_parameters, part.unset_parameters,
    part.whole_min, part.whole_max, part.most
FROM (SELECT number, "class", unnest(rows) AS row_id FROM benefit_cases) AS member
JOIN benefit_parts AS part USING (number)
JOIN fact.persons AS fact USING (row_id)
JOIN decision.persons AS decided USING (row_id);
