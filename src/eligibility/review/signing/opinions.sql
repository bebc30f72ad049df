-- The opinions of the stages that the papers give: for each stage a JSON list, in UTF-8, of id, opinion, day ("" not known), note, file
-- and row, in the order of the papers, and how many are of each kind.
SELECT
    stage,
    encode('[' || string_agg(json_array(resident_id, opinion, day, coalesce(note, ''), file, row)::VARCHAR, ',' ORDER BY source, row) || ']'),
    count(*) FILTER (opinion = 'agree'), count(*) FILTER (opinion = 'disagree'), count(*) FILTER (opinion = 'incomplete')
FROM paper.confirmations
JOIN paper.sources USING (source)
CROSS JOIN LATERAL (
    SELECT CASE WHEN made_on_lo = made_on_hi AND made_on_hi < DATE '9999-12-31' THEN made_on_lo::VARCHAR ELSE '' END AS day
) AS made
WHERE state = 'kept' AND stage IS NOT NULL AND opinion IS NOT NULL
GROUP BY stage
ORDER BY stage;
