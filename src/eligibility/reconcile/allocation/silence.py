"""HiGHS has lines that it prints to standard output whatever it is told; there they would stand inside `--json`."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_STANDARD_OUTPUT = 1


@contextmanager
def silent_output() -> Iterator[None]:
    """While the block runs, what compiled code prints to standard output goes nowhere. Not for use from several threads."""
    sys.stdout.flush()
    kept, nowhere = os.dup(_STANDARD_OUTPUT), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STANDARD_OUTPUT)
    try:
        yield
    finally:
        _flush_compiled()
        os.dup2(kept, _STANDARD_OUTPUT)
        os.close(kept)
        os.close(nowhere)


def _flush_compiled() -> None:
    """Empty the buffer of the C library, which would otherwise come out when the block is over."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).fflush(None)
