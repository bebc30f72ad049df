-- chosen (row_id): those of a street or community ("": everyone) whom the officer's own places hold.
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT row_id FROM decision.persons
WHERE ($place = '' OR street = $place OR community = $place)
    AND ($every OR street IN (SELECT unnest($mine::VARCHAR[])) OR community IN (SELECT unnest($mine::VARCHAR[])))
