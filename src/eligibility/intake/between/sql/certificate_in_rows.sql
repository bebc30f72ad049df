-- Certificates of one household whose number, without the words and signs around it, stands in several rows.
WITH numbered AS (
    SELECT
        row_id, source, "row", certificate_no, household_id,
        first_value(row_id) OVER same AS first_id, first_value(source) OVER same AS first_source, first_value("row") OVER same AS first_row
    FROM paper.title_certificates
    WHERE state = 'kept' AND certificate_no IS NOT NULL AND household_id IS NOT NULL
    WINDOW same AS (PARTITION BY household_id, intake.plain_number(certificate_no) ORDER BY row_id)
)
SELECT
    'title_certificates', row_id, 0, 'certificate_no', certificate_no, 'certificate_in_rows', '', FALSE, first_source, first_row
FROM numbered WHERE row_id <> first_id
