-- queue_asked: the numbers of the questions that each person waits for.
CREATE OR REPLACE TEMP TABLE queue_asked AS
SELECT row_id, string_agg('问' || number, '；' ORDER BY place) AS numbers
FROM decision.person_questions JOIN queue_question USING (question_id)
GROUP BY row_id;
