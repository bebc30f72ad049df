-- The texts that SQL has not read.
SELECT t.text
FROM ({texts}) AS t
ANTI JOIN {cells} AS c ON t.text = c.text
