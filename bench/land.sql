-- land: one row a person, with the ordered facts of households and groups; NULL is an end without a bound.
WITH people AS (
    SELECT range AS row_id, range // 4 AS household_no, range // 60 AS group_no FROM range({persons})
),
households AS (
    SELECT
        *,
        -- 4.0000 to 7.9999 亩 for four heads, in micro-亩
        4000000 + CAST(floor(draw(household_no, 'own') * 40000) AS BIGINT) * 100 AS own,
        draw(household_no, 'own known') < 0.93 AS own_known,
        -- most groups lost nearly everything, some half, some nothing
        CASE
            WHEN draw(group_no, 'lost') < 0.70 THEN 0.97
            WHEN draw(group_no, 'lost') < 0.95 THEN 0.55
            ELSE 0
        END AS share_lost,
        draw(group_no, 'loss known') AS loss_known,
        -- whole years from 2006 to 2020: about one approval in five before the start
        DATE '2006-01-01' + CAST(floor(draw(group_no, 'approved') * 5400) AS INTEGER) AS approved,
        draw(group_no, 'approval known') < 0.80 AS approval_known,
        CAST(floor(draw(row_id, 'age') * 85) AS BIGINT) AS age
    FROM people
),
taken AS (
    SELECT
        *,
        CAST(round(own * share_lost / 100) AS BIGINT) * 100 AS lost_hi,
        CASE WHEN loss_known < 0.75 THEN CAST(round(own * share_lost / 100) AS BIGINT) * 100 ELSE 0 END AS lost_lo
    FROM households
)
SELECT
    row_id, household_no, group_no,
    CASE WHEN own_known THEN own ELSE 0 END AS own_area_lo,
    CASE WHEN own_known THEN own END AS own_area_hi,
    lost_lo AS lawful_loss_lo,
    lost_hi AS lawful_loss_hi,
    CASE WHEN own_known THEN own - lost_hi ELSE 0 END AS remaining_area_lo,
    CASE WHEN own_known THEN own - lost_lo END AS remaining_area_hi,
    4 AS heads_lo,
    4 AS heads_hi,
    CASE WHEN own_known THEN (own - lost_hi) * 100 // 4 ELSE 0 END AS remaining_per_head_lo,
    CASE WHEN own_known THEN (own - lost_lo) * 100 // 4 END AS remaining_per_head_hi,
    CASE WHEN approval_known THEN approved END AS approval_date_lo,
    CASE WHEN approval_known THEN approved ELSE DATE '2022-10-31' END AS approval_date_hi,
    CASE WHEN approval_known THEN age ELSE greatest(age - 10, 0) END AS age_at_approval_lo,
    CASE WHEN approval_known THEN age ELSE age + 3 END AS age_at_approval_hi
FROM taken
