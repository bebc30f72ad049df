-- 多协议共超批文: agreements that can only be of the same parcels and together exceed them, unless all of them cite exactly
-- one approval (those are 超征). One row per set: lines of one subproblem with the same total of parcels.
WITH claim AS (
    SELECT l.*, c.part, c.overclaimed_umu, EXISTS (FROM line_citation AS s WHERE s.row_id = l.row_id AND s.known AND s.cites = 1) AS cites
    FROM current_line AS l JOIN link.coverage AS c USING (row_id)
    WHERE c.overclaimed_umu IS NOT NULL
),
sets AS (
    SELECT part, overclaimed_umu, min(community) AS community,
           CASE WHEN count(DISTINCT group_name) = 1 AND count(group_name) = count(*) THEN min(group_name) END AS group_name,
           array_to_string(list_sort(list_distinct(list(agreement_no))), ';') AS agreement_no,
           array_to_string(list_sort(list_distinct(list(land_class))), ';') AS land_class,
           sum(area_umu)::BIGINT AS area_umu, min(signed_on_lo) AS day
    FROM claim GROUP BY part, overclaimed_umu
    HAVING count(DISTINCT agreement_key) > 1 AND NOT bool_and(cites)
),
given_by AS (
    SELECT c.part, c.overclaimed_umu, array_to_string(list_sort(list_distinct(list(a.approval_no))), ';') AS approval_no
    FROM claim AS c JOIN current_link AS k USING (row_id) JOIN current_approval AS a USING (approval_key)
    GROUP BY c.part, c.overclaimed_umu
)
SELECT s.agreement_no, s.land_class, g.approval_no, s.community, s.group_name, s.area_umu, s.overclaimed_umu AS other_umu,
       s.day, NULL::DATE AS other_day, 'claims_exceed_approvals' AS evidence
FROM sets AS s LEFT JOIN given_by AS g USING (part, overclaimed_umu)
