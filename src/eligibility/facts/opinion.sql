-- Opinions of the stages (联审意见) that exist on the day of decision: any disagreement, any incomplete; a rejected row leaves both
-- unknown; one that its body has since replaced by an answer (answered) counts no more.
CREATE OR REPLACE TEMP TABLE opinion AS
SELECT
    resident_id,
    CASE WHEN bool_or(state = 'kept' AND opinion = 'disagree') THEN TRUE
         WHEN bool_or(state = 'lost') THEN NULL ELSE FALSE END AS disagrees,
    CASE WHEN bool_or(state = 'kept' AND opinion = 'incomplete') THEN TRUE
         WHEN bool_or(state = 'lost') THEN NULL ELSE FALSE END AS incomplete
FROM paper.confirmations
WHERE made_on_lo <= getvariable('as_of') AND state NOT IN ('duplicate', 'answered') AND resident_id IS NOT NULL
GROUP BY resident_id;
