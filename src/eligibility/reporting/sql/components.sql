-- How each component of the reconciliation was solved; `component` is that of links.csv.
SELECT component, agreements, parcels, edges, method, seconds_limit_hit FROM link.components ORDER BY component
