-- The opinions of the stages that the papers give, in the order of the papers.
SELECT
    stage, resident_id, opinion,
    CASE WHEN made_on_lo = made_on_hi AND made_on_hi < DATE '9999-12-31' THEN made_on_lo::VARCHAR ELSE '' END,
    coalesce(note, ''), file, row
FROM paper.confirmations AS c
JOIN paper.sources AS s USING (source)
WHERE c.state = 'kept' AND stage IS NOT NULL AND opinion IS NOT NULL
ORDER BY stage, c.source, row;
