-- Adds one confirmed link that is not possible to the quarantine: the papers contradict the reviewer, and one of them must be corrected.
INSERT INTO paper.quarantine BY NAME
SELECT 'judgements' AS table_name, file, sheet, "row", 'judgement' AS col, '确认' AS value, 'judgement_impossible' AS code, TRUE AS kept,
    '所确认的批文在该协议的社区、小组或地类上没有集体地块，或协议不是征收、收储：此确认不产生效力' AS problem,
    '核对原件：更正协议或批文地块的社区、小组、地类、权属，或撤回此判定' AS remedy,
    'the approval has no collective parcel of that community, group and class, or the agreement is no expropriation or reserve: the confirmation has no effect' AS problem_en,
    'check the papers: mend community, group, class or ownership, or withdraw the judgement' AS remedy_en
FROM paper.judged WHERE row_id = ? AND approval_key = ?
