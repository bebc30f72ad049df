-- Approvals of which no parcel is listed, where parcels were sent at all.
SELECT
    'approvals', a.row_id, 0, 'approval_no', a.approval_no, 'approval_without_parcels', '', FALSE, NULL, NULL
FROM paper.approvals AS a
ANTI JOIN paper.approval_parcels AS p ON p.approval_key = a.approval_key
WHERE a.state = 'kept' AND (SELECT present FROM paper.tables WHERE table_name = 'approval_parcels')
