-- Registered heads of a household over the days on which its last approval may have been given: fewest and most;
-- doubtful: on some day it is not known who was one; pending: for want of a list of deaths. Two rows of one name in
-- a household are one person or two.
CREATE OR REPLACE TEMP TABLE heads AS
WITH split AS (
    -- persons of households without papers of their own that may be part of this one
    SELECT h.household_id, count(*) AS split
    FROM household AS h
    JOIN apart ON apart.community_key = h.community_key AND apart.group_key = h.group_key
    JOIN fact.members AS m ON m.listed_household = apart.household_id
    WHERE h.household_id IN (FROM papered)
    GROUP BY h.household_id
),
day AS (
    SELECT household_id, unnest([a_lo, a_hi]) AS day FROM span
    UNION
    SELECT span.household_id, unnest([c_lo, c_hi, c_alive, p_lo, p_hi]) AS day
    FROM span JOIN fact.members AS member ON member.listed_household = span.household_id
    WHERE a_lo < a_hi
),
counted AS (
    SELECT day.household_id, day.day,
           count(DISTINCT coalesce(name_key, row_id::VARCHAR)) FILTER (c_lo <= day AND day < c_hi) AS fewest,
           count(DISTINCT coalesce(name_key, row_id::VARCHAR)) FILTER (c_lo <= day AND day < c_alive) AS fewest_alive,
           count(*) FILTER (p_lo <= day AND day < p_hi) AS most
    FROM day
    JOIN span USING (household_id)
    JOIN fact.members AS member ON member.listed_household = day.household_id
    WHERE day BETWEEN a_lo AND a_hi
    GROUP BY ALL
)
SELECT
    household_id, min(fewest) AS heads_lo, max(most) + any_value(extra) + any_value(stray) + coalesce(any_value(split), 0) AS heads_hi,
    bool_or(fewest_alive < most) OR any_value(extra) > 0 OR coalesce(any_value(split) > 0, FALSE) AS doubtful_heads,
    bool_or(fewest < fewest_alive) AS pending_heads
FROM counted
JOIN household USING (household_id)
LEFT JOIN split USING (household_id)
GROUP BY household_id;
