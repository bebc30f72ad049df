-- fact.households: what the papers of each household leave open, for those who ask what to ask next. own_lo, own_hi: its
-- own farmland (NULL: unbounded), by the paper of the days d_lo … d_hi ('none': no usable one); a_lo … a_hi: the days of its
-- approval date (NULL: nothing touches it); titled: a certificate stands that proves the right on every such day from
-- the start of the rulebook; extra, stray: lost rows that may be one head more of it, or of some household of its group.
CREATE OR REPLACE TABLE fact.households AS
WITH proof AS (
    SELECT
        household_id,
        bool_or(
            NOT doubled AND issued_hi <= greatest(a_lo, getvariable('start_date'))
            AND (standing = 'in' OR (standing = 'maybe' AND withdrawn_lo = withdrawn_hi))
        ) AS titled
    FROM certificate JOIN span USING (household_id)
    GROUP BY household_id
)
SELECT
    h.household_id, h.community_key, h.group_key, h.extra, h.stray,
    own.own_lo, own.own_hi, own.paper, own.d_lo, own.d_hi, span.a_lo, span.a_hi, coalesce(titled, FALSE) AS titled
FROM household AS h
JOIN own USING (household_id)
LEFT JOIN span USING (household_id)
LEFT JOIN proof USING (household_id);
