-- least share of a household with own land o in a pool of s, when the other households have room for left_umu - o. slack: by
-- so much the areas printed of the pool may be off, unless the pool is all that was left; where more went than there was (by more
-- than rounding) the papers contradict each other and bound nothing
CREATE OR REPLACE TEMP MACRO pool_least(o, s, left_umu, slack) AS
    CASE
        WHEN left_umu IS NULL OR o IS NULL OR s IS NULL OR s > left_umu + slack + 50000 THEN 0
        WHEN s >= left_umu THEN least(o, s)
        ELSE greatest(0, least(o, s, s - slack - (left_umu - o)))
    END;
-- the same for two pools together; nothing where more went than there was, for then the papers contradict each other
CREATE OR REPLACE TEMP MACRO both_least(o, s, left_umu, slack) AS
    CASE WHEN s > left_umu THEN 0 ELSE pool_least(o, s, left_umu, slack) END;
-- share by area (group_ratio) or by heads (per_capita), at most o, rounded down or (up = 1) up; NULL where what it needs is not known
CREATE OR REPLACE TEMP MACRO policy_share(o, s, left_umu, heads, persons, up) AS
    CASE
        WHEN o IS NULL THEN NULL
        WHEN getvariable('shared_land_attribution') = 'group_ratio' AND left_umu > 0
            THEN least(o, (o::HUGEINT * s + up * (left_umu - 1)) // left_umu)
        WHEN getvariable('shared_land_attribution') = 'per_capita' AND persons > 0 AND heads IS NOT NULL
            THEN least(o, (s::HUGEINT * heads + up * (persons - 1)) // persons)
    END;
-- a certificate number without the words and signs around it, and without zeros in front: 证001号 and 证1 are one
CREATE OR REPLACE TEMP MACRO plain_number(no) AS
    regexp_replace(regexp_replace(upper(no), '[第号字编〔〕（）()\[\]【】·.．_/\-—－ ]', '', 'g'), '(^|[^0-9])0+([0-9])', '\1\2', 'g');
CREATE OR REPLACE TEMP MACRO full_years(born, day) AS
    year(day) - year(born) - CASE WHEN month(day) * 100 + day(day) < month(born) * 100 + day(born) THEN 1 ELSE 0 END;
