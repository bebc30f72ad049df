-- What is wrong with judgements, beside what is wrong in the papers.
INSERT INTO paper.quarantine BY NAME
SELECT 'judgements' AS table_name, file, sheet, "row", wrong.col AS col, wrong.value AS value, wrong.issue AS code, FALSE AS kept,
    CASE wrong.issue
        WHEN 'required_blank' THEN '必填的单元格为空，此判定不计'
        WHEN 'bad_enum' THEN '「' || wrong.value || '」不是可用的词，此判定不计'
        ELSE '「' || wrong.value || '」不在卷内，此判定不计'
    END AS problem,
    CASE wrong.issue
        WHEN 'required_blank' THEN '补填后重新执行'
        WHEN 'bad_enum' THEN '判定填 确认、不认可 或 存疑；地类填数据说明所列的词'
        ELSE '核对编号、地类与文号；判定只能针对卷内的协议与批文'
    END AS remedy,
    CASE wrong.issue
        WHEN 'required_blank' THEN 'a required cell is blank; the judgement does not count'
        WHEN 'bad_enum' THEN '"' || wrong.value || '" is not a word that is known; the judgement does not count'
        ELSE '"' || wrong.value || '" is not in the dossier; the judgement does not count'
    END AS problem_en,
    CASE wrong.issue
        WHEN 'required_blank' THEN 'fill it in and run again'
        WHEN 'bad_enum' THEN 'say confirmed, rejected or unsure; a land class as the data contract lists it'
        ELSE 'check the numbers and the class; only agreements and approvals of the dossier can be judged'
    END AS remedy_en
FROM judgement WHERE wrong IS NOT NULL ORDER BY place;
INSERT INTO paper.quarantine BY NAME
SELECT 'judgements' AS table_name, file, sheet, "row", 'on' AS col, "on" AS value, 'bad_date' AS code, TRUE AS kept,
    '日期无法读取，判定仍计，但不知先后' AS problem, '改为 2024-03-05 一类的写法' AS remedy,
    'the day cannot be read; the judgement counts, but not as later than another' AS problem_en, 'write it as 2024-03-05' AS remedy_en
FROM judgement WHERE wrong IS NULL AND "on" <> '' AND on_lo IS NULL ORDER BY place;
INSERT INTO paper.quarantine BY NAME
SELECT DISTINCT 'judgements' AS table_name, j.file, j.sheet, j."row", 'judgement' AS col, j.judgement AS value,
    'contradictory_judgements' AS code, TRUE AS kept,
    '对同一协议与批文的判定相互矛盾（' || l.judged_by || '），均不采用' AS problem, '由判定人商定后只留一种意见' AS remedy,
    'judgements of one agreement and approval contradict each other (' || l.judged_by || '); none is used' AS problem_en,
    'let the reviewers settle it and keep one opinion' AS remedy_en
FROM judged_line AS l JOIN judgement AS j ON list_contains(l.places, j.place)
WHERE l.confirmed AND l.rejected
ORDER BY j.file, j.sheet, j."row";
