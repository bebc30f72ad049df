-- Registered heads of a household over all possible days of its last approval: minimum and maximum; doubtful_heads: on some day
-- membership is unknown; pending_heads: for lack of a list of deaths. Two rows of one name in a household are one or two persons.
CREATE OR REPLACE TEMP TABLE heads AS
WITH split AS (
    -- persons of households without own papers that may be part of this household
    SELECT h.household_id, count(*) AS split
    FROM household AS h
    JOIN possible_part ON possible_part.community_key = h.community_key AND possible_part.group_key = h.group_key
    JOIN fact.members AS m ON m.listed_household = possible_part.household_id
    WHERE h.household_id IN (FROM with_papers)
    GROUP BY h.household_id
),
day AS (
    SELECT household_id, unnest([approval_date_from, approval_date_to]) AS day FROM approval_span
    UNION
    SELECT approval_span.household_id, unnest([certain_from, certain_to, certain_to_if_alive, possible_from, possible_to]) AS day
    FROM approval_span JOIN fact.members AS member ON member.listed_household = approval_span.household_id
    WHERE approval_date_from < approval_date_to
),
counted AS (
    SELECT day.household_id, day.day,
           count(DISTINCT coalesce(name_key, row_id::VARCHAR)) FILTER (certain_from <= day AND day < certain_to) AS fewest,
           count(DISTINCT coalesce(name_key, row_id::VARCHAR)) FILTER (certain_from <= day AND day < certain_to_if_alive) AS fewest_alive,
           count(*) FILTER (possible_from <= day AND day < possible_to) AS most
    FROM day
    JOIN approval_span USING (household_id)
    JOIN fact.members AS member ON member.listed_household = day.household_id
    WHERE day BETWEEN approval_date_from AND approval_date_to
    GROUP BY ALL
)
SELECT
    household_id, min(fewest) AS heads_min,
        max(most) + any_value(extra_rows) + any_value(unplaced_rows) + coalesce(any_value(split), 0) AS heads_max,
    bool_or(fewest_alive < most) OR any_value(extra_rows) > 0 OR coalesce(any_value(split) > 0, FALSE) AS doubtful_heads,
    bool_or(fewest < fewest_alive) AS pending_heads
FROM counted
JOIN household USING (household_id)
LEFT JOIN split USING (household_id)
GROUP BY household_id;
