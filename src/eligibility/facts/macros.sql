-- pool_least: lower bound of what a household that owns `own` lost from a pool of `pool`, given that the other households can
-- absorb at most `contracted_left - own`. `rounding`: the printed areas of the pool may be off by so much, except if the pool
-- is everything that was left. If more was taken than there was (by more than rounding), the papers contradict each other and
-- the bound is 0.
CREATE OR REPLACE TEMP MACRO pool_least(own, pool, contracted_left, rounding) AS
    CASE
        WHEN contracted_left IS NULL OR own IS NULL OR pool IS NULL OR pool > contracted_left + rounding + 50000 THEN 0
        WHEN pool >= contracted_left THEN least(own, pool)
        ELSE greatest(0, least(own, pool, pool - rounding - (contracted_left - own)))
    END;
-- both_least: the same for two pools together; 0 if more was taken than there was
CREATE OR REPLACE TEMP MACRO both_least(own, pool, contracted_left, rounding) AS
    CASE WHEN pool > contracted_left THEN 0 ELSE pool_least(own, pool, contracted_left, rounding) END;
-- policy_share: share by area (group_ratio) or by heads (per_capita), at most own, rounded down or (up = 1) up; NULL if an input
-- is unknown
CREATE OR REPLACE TEMP MACRO policy_share(own, pool, contracted_left, heads, persons, up) AS
    CASE
        WHEN own IS NULL THEN NULL
        WHEN getvariable('shared_land_attribution') = 'group_ratio' AND contracted_left > 0
            THEN least(own, (own::HUGEINT * pool + up * (contracted_left - 1)) // contracted_left)
        WHEN getvariable('shared_land_attribution') = 'per_capita' AND persons > 0 AND heads IS NOT NULL
            THEN least(own, (pool::HUGEINT * heads + up * (persons - 1)) // persons)
    END;
-- plain_number: a certificate number without words, signs and leading zeros, so that 证001号 and 证1 are equal
CREATE OR REPLACE TEMP MACRO plain_number(no) AS
    regexp_replace(regexp_replace(upper(no), '[第号字编〔〕（）()\[\]【】·.．_/\-—－ ]', '', 'g'), '(^|[^0-9])0+([0-9])', '\1\2', 'g');
CREATE OR REPLACE TEMP MACRO full_years(born, day) AS
    year(day) - year(born) - CASE WHEN month(day) * 100 + day(day) < month(born) * 100 + day(born) THEN 1 ELSE 0 END;
