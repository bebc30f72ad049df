-- Cases by the first stage that is not complete.
SELECT
    coalesce(stage, '') AS stage,
    count(*) FILTER (state IN ('waiting', 'complete')), count(*) FILTER (state = 'disagree'), count(*) FILTER (state = 'incomplete'),
    count(*) FILTER (outcome = 'manual_review'), count(*) FILTER (contested IS NOT NULL)
FROM review_standing
GROUP BY stage, place
ORDER BY place NULLS LAST;
