-- Answers that filled nothing because the papers say otherwise, or do not let them count; with the place where each was written.
SELECT a.effect, a.asks, a.said, s.file, s.sheet, a."row"
FROM paper.answers AS a
JOIN paper.sources AS s USING (source)
WHERE a.effect IN ('conflict', 'unused')
ORDER BY a.effect, a.row_id
