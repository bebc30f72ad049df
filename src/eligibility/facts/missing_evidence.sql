-- Missing evidence of each household, and whether its possible approvals are competent and of special works.
CREATE OR REPLACE TEMP TABLE missing_evidence AS
SELECT
    household_id,
    count(*) AS affecting_agreements,
    bool_or(NOT fully_covered) AND bool_and(reserve OR fully_covered) AS reserve_only,
    bool_or(NOT fully_covered AND NOT reserve AND possible_approvals > 0) AS approval_possible,
    bool_or(NOT fully_covered AND NOT reserve AND possible_approvals = 0) AS approval_missing,
    bool_or(remainder_covered > 0) AS pooled,
    bool_or(NOT after_title AND unlawful) AS unlawful_before,
    bool_or(remainder > 0 AND equal_share) AS equal_share,
    bool_or(remainder > 0 AND NOT equal_share) AS roll_missing,
    coalesce(bool_and(all_incompetent), FALSE) AS all_incompetent,
    CASE WHEN bool_or(special) THEN TRUE WHEN bool_or(special IS NULL) THEN NULL ELSE FALSE END AS special,
    bool_or(agreement_key IN (SELECT agreement_key FROM link.coverage WHERE special_by_name)) AS works_by_name,
    bool_or(contradictory) AS contradictory
FROM fact.affecting_agreements
GROUP BY household_id;
