SELECT * FROM verdict.profiles ORDER BY profile_id
