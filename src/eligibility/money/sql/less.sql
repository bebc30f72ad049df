-- Payments of benefit $benefit with what the benefits $less come to for the same person up to then, as reckoned now or, where nothing is
-- reckoned now, before; `open` where one of these cannot be told.
WITH other AS (
    SELECT resident_id, benefit, period, max(fen) AS fen, max(why) AS why
    FROM (
        SELECT resident_id, benefit, period, sum(fen) AS fen, max(why) AS why FROM {table} GROUP BY ALL
        UNION ALL
        SELECT resident_id, benefit, period, sum(fen), NULL FROM before_lines AS b
        WHERE NOT EXISTS (
            FROM {table} AS d WHERE d.resident_id = b.resident_id AND d.benefit = b.benefit AND d.period = b.period
        )
        GROUP BY ALL
    )
    WHERE list_contains($less, benefit)
    GROUP BY ALL
),
taken AS (
    SELECT resident_id, sum(fen)::BIGINT AS fen, bool_or(why IS NOT NULL) AS open FROM other GROUP BY resident_id
)
SELECT d.row_id, d.period, d.payer, d.share, d.fen, taken.fen, taken.open
FROM {table} AS d JOIN taken USING (resident_id)
WHERE d.benefit = $benefit AND d.fen IS NOT NULL
ORDER BY d.row_id, d.period, d.rowid;
