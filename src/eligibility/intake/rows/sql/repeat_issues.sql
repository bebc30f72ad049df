-- A later row of one thing is set aside; the message names the first, with its sheet where that is another.
INSERT INTO intake.issues
SELECT
    $table_name, p.row_id, 998, '', array_to_string(p.differs, '、'),
    CASE WHEN len(p.differs) = 0 THEN 'repeated_row' ELSE 'contradicting_row' END,
    CASE WHEN f.source = l.source THEN '' ELSE '「' || s.sheet || '」' END || f."row", TRUE
FROM intake.repeats AS p
JOIN paper.{table} AS l ON l.row_id = p.row_id
JOIN paper.{table} AS f ON f.row_id = p.first_id
JOIN paper.sources AS s ON s.source = f.source;
