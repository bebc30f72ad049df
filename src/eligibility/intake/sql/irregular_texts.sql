-- The texts that SQL has not read.
CREATE OR REPLACE TABLE intake.irregular_texts AS
SELECT t.text
FROM intake.texts AS t
ANTI JOIN {cells} AS c ON t.text = c.text;
