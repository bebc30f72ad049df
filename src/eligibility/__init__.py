"""Who is covered by the Kunming reform opinion on old-age security for persons whose land was expropriated.

As a library, in five lines (docs/python.md walks through it):

    import eligibility

    run = eligibility.run("dossier", rules="km-reform", as_of=date(2022, 10, 31), out="out")
    print(run.outcomes())
    run.decisions().filter("outcome = 'manual_review'").df()

What is named here is imported when it is first asked for, so that `import eligibility` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eligibility.application.finished import Explained, Run
    from eligibility.application.library import (
        check_case,
        check_rules,
        load_rulebook,
        open_run,
        replay,
        run,
        simulate,
        verify,
    )
    from eligibility.model.diagnostic import InputError

__version__ = "0.1.0"

__all__ = [
    "Explained",
    "InputError",
    "Run",
    "check_case",
    "check_rules",
    "load_rulebook",
    "open_run",
    "replay",
    "run",
    "simulate",
    "verify",
]

_PLACES = {"Run": "application.finished", "Explained": "application.finished", "InputError": "model.diagnostic"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'application.library')}"), name)
