-- Each profile that somebody has, with what its persons' decisions say alike; most persons first.
SELECT
    profile_id, max(outcome), count(*) AS persons, coalesce(max(reasons), ''), max(clauses_refuted),
    max(clauses_open), max(assumed_parameters)
FROM decision.persons
GROUP BY profile_id
ORDER BY persons DESC, profile_id
