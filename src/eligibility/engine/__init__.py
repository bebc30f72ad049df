"""The engine: facts become marks in columns, marks become profiles, and the clauses decide each profile once."""

from eligibility.engine.batch import judge
from eligibility.engine.columns import Columns
from eligibility.engine.court import decide_marks
from eligibility.engine.profiles import conditions_sql, profiles_sql
from eligibility.engine.verdict import Agreement, Disagreement, EngineError, Outcome, Verdict

__all__ = [
    "Agreement",
    "Columns",
    "Disagreement",
    "EngineError",
    "Outcome",
    "Verdict",
    "conditions_sql",
    "decide_marks",
    "judge",
    "profiles_sql",
]
