-- What an approval may give a line: of all components or of one.
SELECT
    agreement_key, land_class, approval_key, evidence, certainty, area_umu_min, area_umu_max, score, proposed, proposed_umu, component, judged_by
FROM link.links
WHERE certainty IN ('certain', 'possible') AND $agreement IS NULL AND ($component::INTEGER IS NULL OR component = $component::INTEGER)
ORDER BY agreement_key, land_class, approval_key
