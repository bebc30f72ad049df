-- Where rows stand that an earlier reading found without fault, and where each stood then.
CREATE OR REPLACE TABLE intake.reused (source INTEGER, "row" INTEGER, old_source INTEGER, old_row INTEGER);
