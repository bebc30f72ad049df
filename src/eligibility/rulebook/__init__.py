"""Rule files × date → policy. Sees rule files and cases written by hand, never a person's papers.

What it hands out is imported when it is first asked for: a policy that is kept compiled needs no reader of rule files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eligibility.rulebook.case import example_case, read_case
    from eligibility.rulebook.loading import load_policy, load_with_days, rulebooks
    from eligibility.rulebook.regime import Regime, choose, elsewhere
    from eligibility.rulebook.regimes import read_regimes

__all__ = [
    "Regime",
    "choose",
    "elsewhere",
    "example_case",
    "load_policy",
    "load_with_days",
    "read_case",
    "read_regimes",
    "rulebooks",
]

_PLACES = {
    "Regime": "regime",
    "choose": "regime",
    "elsewhere": "regime",
    "example_case": "case",
    "read_case": "case",
    "read_regimes": "regimes",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'loading')}"), name)
