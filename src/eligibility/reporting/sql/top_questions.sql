-- The questions that settle most persons when answered, each as the list of questions has it.
SELECT title, title_en, community, documents, bodies, persons_touched, persons_settled
FROM decision.questions
ORDER BY persons_settled DESC, persons_touched DESC, question_id
LIMIT 12
