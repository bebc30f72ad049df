"""Compiles rule files to a policy for a date; checks, compares and describes rulebooks. Reads no papers of persons.

Public names are imported on first use, because a policy from the cache needs no parser of rule files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eligibility.rulebook.case import example_case, read_case
    from eligibility.rulebook.loading import load_policy, load_with_days, rulebooks
    from eligibility.rulebook.regime import Regime, choose, other_regimes
    from eligibility.rulebook.regimes import read_regimes

__all__ = [
    "Regime",
    "choose",
    "example_case",
    "load_policy",
    "load_with_days",
    "other_regimes",
    "read_case",
    "read_regimes",
    "rulebooks",
]

_MODULES = {
    "Regime": "regime",
    "choose": "regime",
    "other_regimes": "regime",
    "example_case": "case",
    "read_case": "case",
    "read_regimes": "regimes",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'loading')}"), name)
