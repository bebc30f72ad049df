"""Large libraries that a run needs only later, imported beside the reading of the papers, which leaves Python much idle."""

from __future__ import annotations

from importlib import import_module
from threading import Thread

SOLVERS = ("eligibility.reconcile.allocation.milp_cage",)
"""What reconciliation reaches for when a component leaves something to choose: scipy, about a second."""


def import_meanwhile(*modules: str) -> None:
    """Begin to import the modules in a thread, and return at once.

    Whoever imports one of them waits for the thread, and meets the error of an import that failed.
    """
    Thread(target=_import, args=modules, name="imports").start()


def _import(*modules: str) -> None:
    for module in modules:
        try:
            import_module(module)
        except ImportError:
            return
