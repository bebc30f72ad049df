-- Certificates whose number stands on two households: each later one, with the place of the first.
WITH shared AS (
    SELECT certificate_no, min(row_id) AS first_id
    FROM paper.title_certificates
    WHERE state = 'kept'
    GROUP BY certificate_no
    HAVING count(DISTINCT household_id) > 1
)
SELECT
    'title_certificates', c.row_id, 0, 'certificate_no', c.certificate_no, 'certificate_two_households', f.household_id,
    FALSE, f.source, f."row"
FROM paper.title_certificates AS c
JOIN shared USING (certificate_no)
JOIN paper.title_certificates AS f ON f.row_id = shared.first_id
WHERE c.state = 'kept' AND c.household_id <> f.household_id
