-- least share of a household with own land o in a pool of s, when the other households have room for left_umu - o
CREATE OR REPLACE TEMP MACRO pool_least(o, s, left_umu) AS
    CASE WHEN left_umu IS NULL OR o IS NULL OR s IS NULL THEN 0 ELSE greatest(0, least(o, s, s - (left_umu - o))) END;
-- share by area (group_ratio) or by heads (per_capita), at most o; NULL where the totals are not known
CREATE OR REPLACE TEMP MACRO policy_share(o, s, left_umu, heads, persons) AS
    CASE getvariable('shared_land_attribution')
        WHEN 'group_ratio' THEN CASE WHEN left_umu > 0 THEN least(o, (o::HUGEINT * s) / left_umu) END
        WHEN 'per_capita' THEN CASE WHEN persons > 0 THEN least(o, (s::HUGEINT * heads) / persons) END
    END;
CREATE OR REPLACE TEMP MACRO full_years(born, day) AS
    year(day) - year(born) - CASE WHEN month(day) * 100 + day(day) < month(born) * 100 + day(born) THEN 1 ELSE 0 END;
