-- Troubles with papers for which somebody waits, those of most persons first.
SELECT code, places, persons FROM decision.finding_waits ORDER BY persons DESC, places DESC, code
