-- Adds what is due on $day of benefits paid so often ($paid). A benefit that begins or ends on a day that is not known is not paid yet;
-- one that begins later or has ended is not due. One that is paid once is due in the first month in which it is reckoned, if it can
-- be paid then or never could before.
INSERT INTO {table}
WITH reckoned AS (
    SELECT
        today.*, item.starts AS item_starts,
        CASE today.paid WHEN 'month' THEN strftime($day, '%Y-%m') WHEN 'year' THEN strftime($day, '%Y') ELSE 'once' END AS period,
        bool_or(amount_min IS NULL OR amount_max IS NULL) OVER each AS no_figure,
        bool_or(amount_min <> amount_max) OVER each AS is_range
    FROM benefit.of_a_day AS today
    JOIN benefit.items AS item USING (benefit)
    WHERE item.transfer AND list_contains($paid, today.paid)
        AND ("from" IS NULL OR "from" <= $day) AND ("to" IS NULL OR "to" > $day)
    WINDOW each AS (PARTITION BY row_id, benefit)
),
judged AS (
    SELECT
        *,
        CASE
            WHEN entitled <> 'yes' THEN 'entitlement_open'
            WHEN unset_parameters <> '' THEN 'parameter_unset'
            WHEN no_figure THEN 'no_figure'
            WHEN is_range THEN 'amount_range'
            WHEN item_starts AND "from" IS NULL THEN 'start_unknown'
        END AS why
    FROM reckoned
)
SELECT
    row_id, resident_id, benefit, paid, period, $day, payer, share,
    CASE WHEN why IS NULL THEN (amount_max * 100)::BIGINT END,
    (amount_min * 100)::BIGINT, (amount_max * 100)::BIGINT, most, "class", why
FROM judged
WHERE period <> 'once' OR NOT EXISTS (
    FROM {table} AS before WHERE before.row_id = judged.row_id AND before.benefit = judged.benefit
);
