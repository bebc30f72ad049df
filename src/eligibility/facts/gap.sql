-- What the papers of a household leave open, and whether its possible approvals are competent and of special works.
CREATE OR REPLACE TEMP TABLE gap AS
SELECT
    household_id,
    count(*) AS touches,
    bool_or(NOT whole) AND bool_and(reserve OR whole) AS reserve_only,
    bool_or(NOT whole AND NOT reserve AND possible > 0) AS approval_possible,
    bool_or(NOT whole AND NOT reserve AND possible = 0) AS approval_missing,
    bool_or(rem_cov > 0) AS pooled,
    bool_or(NOT after AND unlawful) AS unlawful_before,
    bool_or(rem > 0 AND equal_share) AS equal_share,
    bool_or(rem > 0 AND NOT equal_share) AS roll_missing,
    coalesce(bool_and(all_incompetent), FALSE) AS all_incompetent,
    CASE WHEN bool_or(special) THEN TRUE WHEN bool_or(special IS NULL) THEN NULL ELSE FALSE END AS special,
    bool_or(agreement_key IN (SELECT agreement_key FROM link.coverage WHERE special_by_name)) AS works_by_name,
    bool_or(contradictory) AS contradictory
FROM fact.touches
GROUP BY household_id;
