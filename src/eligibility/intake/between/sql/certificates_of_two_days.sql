-- Households with certificates of different days of which none is withdrawn: one may have replaced the other.
WITH held AS (
    SELECT
        *, first_value(row_id) OVER own AS first_id, first_value(source) OVER own AS first_source, first_value("row") OVER own AS first_row,
        first_value(issued_on_lo) OVER own AS first_day
    FROM paper.title_certificates
    WHERE state = 'kept' AND household_id IS NOT NULL AND withdrawn_on_lo = DATE '9999-12-31'
    WINDOW own AS (PARTITION BY household_id ORDER BY row_id)
)
SELECT
    'title_certificates', row_id, 3, 'issued_on', household_id, 'certificates_of_two_days', '', FALSE, first_source, first_row
FROM held WHERE row_id <> first_id AND issued_on_lo IS DISTINCT FROM first_day
