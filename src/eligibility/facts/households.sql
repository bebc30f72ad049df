-- fact.households: open points of the papers of each household. own_area_min, own_area_max: its own farmland, by the paper of
-- title_date_from … title_date_to ('none': no usable one); approval_date_from … approval_date_to: its approval date (NULL: no
-- affecting agreement); titled: a certificate proves the right on every such day from the start date of the rulebook;
-- coarse_umu: by how much its own papers and lines may be off because their sheets were printed in tenths of a 亩 or more coarsely;
-- extra_rows, unplaced_rows: rejected rows that may be one more head of this household, or of some household of its group.
CREATE OR REPLACE TABLE fact.households AS
WITH proof AS (
    SELECT
        household_id,
        bool_or(
            NOT doubled AND issued_to <= greatest(approval_date_from, getvariable('start_date'))
            AND (validity = 'valid' OR (validity = 'uncertain' AND withdrawn_from = withdrawn_to))
        ) AS titled
    FROM certificate JOIN approval_span USING (household_id)
    GROUP BY household_id
)
SELECT
    h.household_id, h.community_key, h.group_key, h.extra_rows, h.unplaced_rows,
    own_land.own_area_min, own_land.own_area_max, own_land.paper, own_land.title_date_from, own_land.title_date_to,
        approval_span.approval_date_from, approval_span.approval_date_to, coalesce(titled, FALSE) AS titled,
    CASE WHEN own_land.paper <> 'none' THEN printed_rounding.coarse ELSE 0 END AS coarse_umu
FROM household AS h
JOIN own_land USING (household_id)
JOIN printed_rounding USING (household_id)
LEFT JOIN approval_span USING (household_id)
LEFT JOIN proof USING (household_id);
