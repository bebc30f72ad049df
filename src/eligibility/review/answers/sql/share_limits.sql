-- Of each question about a roll: the land of its agreement, which the shares of all households cannot exceed (NULL: not known),
-- and the households that it asks about.
WITH land AS (
    SELECT q.question_id, CASE WHEN bool_and(a.area_umu IS NOT NULL) THEN sum(a.area_umu + coalesce(a.area_half_umu, 0))::BIGINT END AS most_umu
    FROM decision.questions AS q
    JOIN paper.agreements AS a ON a.state = 'kept' AND q.subject IN (a.agreement_no, a.agreement_key)
    WHERE q.asks = 'roll'
    GROUP BY q.question_id
)
SELECT question_id, any_value(l.most_umu), list(household_id ORDER BY household_id)
FROM decision.question_households
LEFT JOIN land AS l USING (question_id)
GROUP BY question_id
ORDER BY question_id;
