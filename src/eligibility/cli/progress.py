"""What a person at the terminal sees of the steps of a batch."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from eligibility.application.timing import Progress, Step
from eligibility.cli.screen import OFF, Screen, on


@contextmanager
def shown(lang: str) -> Iterator[Progress]:
    """Show each step while it lasts, and its seconds when it has ended, if standard error is a terminal."""
    console = Screen(stderr=True, quiet=not sys.stderr.isatty())
    status = console.status("")

    def show(step: Step) -> None:
        if step.seconds is None:
            status.update(step.title.in_language(lang))
            status.start()
        else:
            status.stop()
            console.print(f"{on('green')}✓{OFF} {step.title.in_language(lang)} {step.seconds:.1f} s")

    try:
        yield show
    finally:
        status.stop()
