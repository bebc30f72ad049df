-- One table of the dossier, in input order, every row with its state.
CREATE TABLE paper.{table} AS
SELECT
    t.row_id, t.source, t."row",
    CASE
        WHEN x.row_id IS NOT NULL THEN 'lost'
        WHEN p.row_id IS NULL THEN 'kept'
        WHEN len(p.differs) = 0 THEN 'duplicate'
        ELSE 'lost'
    END AS state,
    t.* EXCLUDE (row_id, source, "row"){marks}
FROM intake.read AS t
LEFT JOIN intake.lost AS x ON x.row_id = t.row_id
LEFT JOIN intake.repeats AS p ON p.row_id = t.row_id
LEFT JOIN intake.contradicted AS c ON c.first_id = t.row_id
ORDER BY t.row_id;
