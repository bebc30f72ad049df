-- uncertain_members: persons whose membership on some possible day of approval is unknown, and the topic to ask.
CREATE OR REPLACE TEMP TABLE uncertain_members AS
SELECT
    m.row_id, m.listed_household,
    CASE
        WHEN len(p.conflicts) > 0 AND (m.household_id IS NULL OR list_has_any(p.conflicts, ['member_from', 'member_to', 'deceased_on', 'membership_dispute']))
            THEN 'conflict'
        WHEN doubtful THEN 'dispute'
        WHEN member_from_lo = member_from_hi AND member_to_lo = member_to_hi THEN 'death'
        ELSE 'membership'
    END AS topic
FROM fact.members AS m
JOIN paper.persons AS p USING (row_id)
LEFT JOIN fact.households AS h ON h.household_id = m.listed_household
CROSS JOIN LATERAL (SELECT greatest(coalesce(approval_date_from, DATE '0001-01-01'), getvariable('start_date')) AS first, coalesce(approval_date_to, getvariable('as_of')) AS last) AS day
WHERE m.listed_household IN (SELECT listed_household FROM review_persons)
  AND (
      doubtful
      OR greatest(possible_from, first) < least(certain_from, last + 1)
      OR greatest(certain_to_if_alive, first) < least(possible_to, last + 1)
  );
