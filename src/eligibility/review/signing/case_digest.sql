sha256(concat_ws(chr(31), resident_id, name, household_id, outcome, regime, reasons, clauses_refuted, clauses_open, assumed_parameters))
