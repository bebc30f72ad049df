"""The engine: facts become marks in columns, marks become profiles, and the clauses decide each profile once.

What it hands out is imported when it is first asked for: an explanation needs the clauses, but no columns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eligibility.engine.batch import judge
    from eligibility.engine.columns import Columns
    from eligibility.engine.court import decide_marks
    from eligibility.engine.marks_sql import conditions_sql
    from eligibility.engine.one import judge_one
    from eligibility.engine.profiles import profiles_sql
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
    "judge_one",
    "profiles_sql",
]

_PLACES = {
    "judge": "batch",
    "Columns": "columns",
    "decide_marks": "court",
    "judge_one": "one",
    "conditions_sql": "marks_sql",
    "profiles_sql": "profiles",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'verdict')}"), name)
