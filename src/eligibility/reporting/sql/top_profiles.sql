SELECT * FROM verdict.profiles ORDER BY persons DESC, profile_id LIMIT 50
