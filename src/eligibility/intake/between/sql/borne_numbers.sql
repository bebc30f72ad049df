-- Parcels that give one of the several numbers of an approval belong to it; a number of two approvals is neither's.
UPDATE intake.read SET approval_key = b.approval_key
FROM (
    SELECT number, min(approval_key) AS approval_key
    FROM (
        SELECT DISTINCT approval_key, unnest(string_split(approval_key, '、')) AS number
        FROM paper.approvals
        WHERE regexp_full_match(approval_key, '[^〔〕、]+〔[0-9]{4}〕[0-9]+号(、[^〔〕、]+〔[0-9]{4}〕[0-9]+号)+')
    )
    WHERE number NOT IN (SELECT approval_key FROM paper.approvals WHERE approval_key IS NOT NULL)
    GROUP BY number
    HAVING count(*) = 1
) AS b
WHERE intake.read.approval_key = b.number;
