-- In the order of the table: by person as in the input, by benefit as in the rulebook, by payer.
SELECT
    row_id, resident_id, benefit, "class", amount_min, amount_max, unit, "from", "to", payer, share, assumed_parameters, entitled,
    paid, whole_min, whole_max, most, unset_parameters
FROM benefit.persons
