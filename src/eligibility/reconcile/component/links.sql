SELECT agreement_key, land_class, approval_key, area_umu_min, area_umu_max, certainty = 'certain', score, evidence
FROM link.links
WHERE component = $component AND certainty IN ('certain', 'possible')
ORDER BY agreement_key, land_class, approval_key
