SELECT persons FROM verdict.profiles WHERE persons > 0 ORDER BY persons DESC, profile_id
