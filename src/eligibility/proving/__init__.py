"""Proves properties of a rulebook over everything that may be known of a person, by an SMT solver (z3, the extra `prove`).

The order: `knowledge` (what is known of a person, as symbols) → `marks` (conditions) → `outcomes` (clauses, reasons) →
`properties` (what is claimed) → `search` (the solver, and the reference evaluator that confirms each of its persons).
Public names are imported on first use, so that no other command pays for the solver.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

if TYPE_CHECKING:
    from eligibility.proving.alike import Altered, Versions, resting_on
    from eligibility.proving.claims import PROPERTIES, Claim, Person, Proof, Verdict
    from eligibility.proving.encounters import meetings
    from eligibility.proving.equality import Comparison, Region, compare
    from eligibility.proving.people import value_text
    from eligibility.proving.proof import SECONDS, prove, prove_folder
    from eligibility.proving.search import ProverFault

__all__ = [
    "PROPERTIES",
    "SECONDS",
    "Altered",
    "Claim",
    "Comparison",
    "Person",
    "Proof",
    "ProverFault",
    "Region",
    "Verdict",
    "Versions",
    "compare",
    "meetings",
    "prove",
    "prove_folder",
    "require_solver",
    "resting_on",
    "value_text",
]

_MODULES = {
    "PROPERTIES": "claims",
    "Altered": "alike",
    "Versions": "alike",
    "resting_on": "alike",
    "Claim": "claims",
    "Person": "claims",
    "Proof": "claims",
    "Verdict": "claims",
    "Comparison": "equality",
    "Region": "equality",
    "compare": "equality",
    "meetings": "encounters",
    "value_text": "people",
    "ProverFault": "search",
}


def require_solver() -> None:
    """Raise `InputError` with the way to install it where the solver is not installed."""
    if find_spec("z3") is None:
        raise InputError(
            Diagnostic(
                "solver_missing",
                SourceLocation("z3"),
                Bilingual("未安装求解器 z3，不能证明", "the solver z3 is not installed, so nothing can be proved"),
                Bilingual("请执行 pip install 'eligibility[prove]'", "pip install 'eligibility[prove]'"),
            )
        )


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'proof')}"), name)
