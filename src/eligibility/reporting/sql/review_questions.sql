SELECT question_id, asks, number, community, group_name, reason, title, persons_touched, persons_settled, documents, bodies
FROM queue_question
ORDER BY place
