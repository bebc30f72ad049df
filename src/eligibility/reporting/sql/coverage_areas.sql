-- Expropriated land by community, in micro-亩: certainly covered, possibly covered, covered by nothing in the dossier.
WITH place AS (
    SELECT community_key, arg_min(street, row_id) AS street FROM paper.persons WHERE state = 'kept' GROUP BY ALL
), agreement AS (
    SELECT agreement_key, min(community_key) AS community_key FROM paper.agreements GROUP BY ALL
)
SELECT
    coalesce(place.street, '') AS street, coverage.community, count(*) AS lines, sum(area_umu)::BIGINT AS area,
    sum(covered_umu_min)::BIGINT AS certain, sum(covered_umu_max - covered_umu_min)::BIGINT AS possible,
    sum(area_umu - covered_umu_max)::BIGINT AS uncovered
FROM link.coverage AS coverage
LEFT JOIN agreement ON agreement.agreement_key = coverage.agreement_key
LEFT JOIN place ON place.community_key = agreement.community_key
WHERE coverage.status <> 'not_expropriation'
GROUP BY place.street, coverage.community
ORDER BY min(coverage.row_id)
