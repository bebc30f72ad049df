-- place.households: where each household of the roster stands. A number that stands in two communities or groups may be two
-- households or one whose place is not known: it stands in neither. So does every number of the kind of running ones where
-- they evidently begin again in each place (at least two, and a tenth of those of its shape, stand in two).
CREATE OR REPLACE TABLE place.households AS
WITH stood AS (
    SELECT
        household_id, list_distinct(list(community_key)) AS communities, list_distinct(list(coalesce(group_key, ''))) AS groups,
        min(row_id) AS row_id, regexp_replace(household_id, '[0-9]+', '9', 'g') AS shape
    FROM paper.persons
    WHERE state = 'kept' AND household_id IS NOT NULL
    GROUP BY household_id
),
placed AS (
    SELECT *, len(communities) = 1 AND len(groups) = 1 AND groups[1] <> '' AS at_one_place FROM stood
),
restarted AS (
    SELECT shape FROM placed
    GROUP BY shape
    HAVING count(*) FILTER (NOT at_one_place) >= 2 AND 10 * count(*) FILTER (NOT at_one_place) >= count(*)
)
SELECT
    household_id, row_id,
    CASE WHEN len(communities) = 1 AND NOT again THEN communities[1] END AS community_key,
    CASE WHEN at_one_place AND NOT again THEN groups[1] END AS group_key,
    communities, at_one_place AND NOT again AS settled, again AND at_one_place AS by_shape
FROM (SELECT *, shape IN (SELECT shape FROM restarted) AS again FROM placed)
ORDER BY row_id;
