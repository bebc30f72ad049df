-- Whoever an agreement touches of which, or of whose possible approval, a reviewer says otherwise than the papers.
UPDATE fact.persons SET evidence_conflict = TRUE
WHERE row_id IN (
    SELECT m.row_id
    FROM fact.members AS m JOIN fact.affecting_agreements USING (household_id)
    WHERE agreement_key IN (
        SELECT agreement_key FROM paper.answers WHERE effect = 'conflict' AND asks = 'link'
        UNION
        SELECT l.agreement_key FROM paper.answers AS a JOIN link.links AS l USING (approval_key) WHERE a.effect = 'conflict'
    )
);
