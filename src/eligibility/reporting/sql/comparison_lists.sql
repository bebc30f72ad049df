-- Lists for the whole roster that are asked for, by the column that each would fill.
SELECT subject, bodies, persons_touched FROM decision.questions WHERE asks = 'comparison' ORDER BY subject
