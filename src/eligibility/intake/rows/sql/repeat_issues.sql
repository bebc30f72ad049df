-- A later row of one thing is set aside; the message names the place of the first, and the columns that differ.
INSERT INTO intake.issues
SELECT
    $table_name, p.row_id, 998, '', array_to_string(p.differs, '、'),
    CASE WHEN len(p.differs) = 0 THEN 'repeated_row' ELSE 'contradicting_row' END,
    array_to_string(list_transform(p.differs, lambda key: list_extract($titles, list_position($keys, key))), '、'),
    TRUE, f.source, f."row"
FROM intake.repeats AS p
JOIN paper.{table} AS f ON f.row_id = p.first_id;
