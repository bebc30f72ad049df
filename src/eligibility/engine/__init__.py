"""The rule engine: evaluates every condition of every person, and the clauses once for each distinct result (profile).

The order of a batch: `marks_sql` (condition values by SQL) → `profiles` → `batch_evaluator` (clauses, by durable-rules)
→ `batch` (cross-check of a sample against the reference evaluator, then the tables of schema `verdict`).
Public names are imported on first use, because an explanation needs the clauses but no columnar libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eligibility.engine.batch import evaluate_persons
    from eligibility.engine.columnar_backend import ColumnarBackend
    from eligibility.engine.evaluator import evaluate_clauses
    from eligibility.engine.marks_sql import conditions_sql
    from eligibility.engine.profiles import profiles_sql
    from eligibility.engine.single_person import evaluate_person
    from eligibility.engine.verdict import CrossCheck, DisagreementError, EngineError, Outcome, Verdict

__all__ = [
    "ColumnarBackend",
    "CrossCheck",
    "DisagreementError",
    "EngineError",
    "Outcome",
    "Verdict",
    "conditions_sql",
    "evaluate_clauses",
    "evaluate_person",
    "evaluate_persons",
    "profiles_sql",
]

_MODULES = {
    "evaluate_persons": "batch",
    "ColumnarBackend": "columnar_backend",
    "evaluate_clauses": "evaluator",
    "evaluate_person": "single_person",
    "conditions_sql": "marks_sql",
    "profiles_sql": "profiles",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'verdict')}"), name)
