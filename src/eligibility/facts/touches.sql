-- Touching agreements less those that can have taken nothing: in the pool, after the paper, from no land at all.
CREATE OR REPLACE TABLE fact.touches AS
SELECT touching.*, least(f, signed_lo) >= d_hi AS after, greatest(t, signed_hi) < d_lo AS before
FROM touching
JOIN share USING (household_id)
WHERE taken > 0 OR (rem > 0 AND NOT (least(f, signed_lo) >= d_hi AND coalesce(o_top = 0, FALSE)));
