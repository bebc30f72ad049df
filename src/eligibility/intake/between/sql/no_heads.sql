-- Households whose members had all gone before the first approval that concerns their community, or came after the last.
WITH day AS (
    SELECT
        p.community_key, min(a.approved_on_lo) AS first_lo, max(a.approved_on_hi) AS last_hi,
        arg_min(a.row_id, a.approved_on_lo) AS first_id, arg_max(a.row_id, a.approved_on_hi) AS last_id
    FROM paper.approval_parcels AS p
    JOIN paper.approvals AS a ON a.approval_key = p.approval_key
    WHERE p.state <> 'duplicate' AND a.state <> 'duplicate'
    GROUP BY p.community_key
)
SELECT
    'persons', h.row_id, 2, 'household_id', h.household_id, 'no_heads',
    if(h.last_day <= d.first_lo, '至 ' || h.last_day::VARCHAR, '自 ' || h.first_day::VARCHAR), FALSE, a.source, a."row"
FROM intake.household AS h
JOIN day AS d ON d.community_key = h.community_key
JOIN paper.approvals AS a ON a.row_id = if(h.last_day <= d.first_lo, d.first_id, d.last_id)
WHERE h.readable AND (h.last_day <= d.first_lo OR h.first_day > d.last_hi)
