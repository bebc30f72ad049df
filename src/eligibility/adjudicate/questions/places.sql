-- question_place: where the cell stands that a question is about, and under which headers: of a person the cells of the roster that
-- are open, or the opinion that is; of an agreement or an approval its first row, and the cells in doubt. asked_of: the bodies of
-- those opinions, which alone can settle them.
-- Example: membership of a person whose 成员起始日 is blank → persons.csv, row 184, 成员起始日.
CREATE OR REPLACE TEMP TABLE question_place AS
WITH asked AS (
    SELECT DISTINCT topic, open_issues.key, topic.subject_kind, string_split(topic.cells, ';') AS cells FROM open_issues JOIN topic USING (topic)
),
opinion AS (
    SELECT
        asked.topic, asked.key, arg_min(c.source, c.row_id) AS source, arg_min(c."row", c.row_id) AS "row", any_value(asked.cells) AS columns,
        string_agg(DISTINCT c.stage, ';' ORDER BY c.stage) AS asked_of
    FROM asked
    JOIN paper.confirmations AS c ON c.resident_id = asked.key AND c.state <> 'duplicate'
        AND (c.state = 'lost' OR c.opinion IS NULL OR c.opinion = if(asked.topic = 'disagreement', 'disagree', 'incomplete'))
    WHERE asked.topic IN ('disagreement', 'incomplete')
    GROUP BY ALL
),
of_person AS (
    SELECT
        asked.topic, asked.key, p.source, p."row",
        CASE asked.topic
            WHEN 'conflict' THEN p.conflicts
            WHEN 'membership' THEN list_filter([
                if(p.member_from_lo < p.member_from_hi, 'member_from', ''), if(p.member_to_lo < p.member_to_hi, 'member_to', ''),
                if(p.deceased_on_lo < p.deceased_on_hi, 'deceased_on', '')
            ], lambda one: one <> '')
            ELSE asked.cells
        END AS columns,
        NULL AS asked_of
    FROM asked
    JOIN paper.persons AS p ON p.resident_id = asked.key AND p.state = 'kept'
    WHERE asked.subject_kind = 'person' AND asked.topic NOT IN ('disagreement', 'incomplete')
    QUALIFY row_number() OVER (PARTITION BY asked.topic, asked.key ORDER BY p.row_id) = 1
),
of_agreement AS (
    SELECT asked.topic, asked.key, arg_min(a.source, a.row_id), arg_min(a."row", a.row_id), asked.cells, NULL
    FROM asked JOIN paper.agreements AS a ON a.agreement_key = asked.key AND a.state <> 'duplicate'
    WHERE asked.subject_kind = 'agreement'
    GROUP BY ALL
),
of_approval AS (
    SELECT asked.topic, asked.key, arg_min(a.source, a.row_id), arg_min(a."row", a.row_id), asked.cells, NULL
    FROM asked JOIN paper.approvals AS a ON a.approval_key = asked.key AND a.state <> 'duplicate'
    WHERE asked.subject_kind = 'approval'
    GROUP BY ALL
),
found AS (FROM opinion UNION ALL FROM of_person UNION ALL FROM of_agreement UNION ALL FROM of_approval)
SELECT
    topic, found.key, s.file, s.sheet, found."row", coalesce(h.titles, '') AS columns, asked_of
FROM found
JOIN paper.sources AS s USING (source)
LEFT JOIN LATERAL (
    SELECT string_agg(header, '、' ORDER BY list_position(found.columns, column_key)) AS titles
    FROM paper.headers WHERE headers.source = found.source AND list_contains(found.columns, column_key)
) AS h ON TRUE;
