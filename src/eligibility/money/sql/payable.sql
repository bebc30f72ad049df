-- payable: for each decision why nothing is paid under it for now (NULL: it can be), the day of death and the day of leaving, as far as
-- they are known. A case is paid when every stage of review is signed and nobody contests it.
CREATE OR REPLACE TEMP TABLE payable AS
SELECT
    d.row_id, d.resident_id, d.outcome,
    CASE
        WHEN count(*) OVER (PARTITION BY d.resident_id) > 1 THEN 'several_decisions'
        WHEN s.contested IS NOT NULL THEN 'contested'
        WHEN s.state IS DISTINCT FROM 'complete' OR d.outcome = 'manual_review' THEN 'not_complete'
    END AS held,
    CASE WHEN p.deceased_on_lo = p.deceased_on_hi AND p.deceased_on_hi < DATE '9999-12-31' THEN p.deceased_on_hi END AS died,
    CASE WHEN p.member_to_lo = p.member_to_hi AND p.member_to_hi < DATE '9999-12-31' THEN p.member_to_hi END AS moved
FROM decision.persons AS d
LEFT JOIN review_standing AS s USING (row_id)
LEFT JOIN paper.persons AS p USING (row_id);

-- Nobody is paid more often than the benefit allows; what rosters before reckoned counts, whatever period it was for.
DELETE FROM due USING (
    WITH every AS (
        SELECT resident_id, benefit, period FROM due
        UNION
        SELECT resident_id, benefit, period FROM before_lines GROUP BY ALL HAVING sum(fen) > 0
    )
    SELECT *, dense_rank() OVER (PARTITION BY resident_id, benefit ORDER BY period) AS nth FROM every
) AS counted
WHERE counted.resident_id = due.resident_id AND counted.benefit = due.benefit AND counted.period = due.period
    AND counted.nth > due.most;
