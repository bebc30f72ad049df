"""HiGHS has lines that it prints to standard output whatever it is told; there they would stand inside `--json`."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

_STANDARD_OUTPUT = 1


@contextmanager
def silent_output() -> Iterator[None]:
    """While the block runs, what compiled code prints to standard output goes nowhere; so it does until the last of several threads is through."""
    _silence.enter()
    try:
        yield
    finally:
        _silence.leave()


class _Silence:
    """Standard output turned away by the first who enters, and back by the last who leaves."""

    def __init__(self) -> None:
        self._lock, self._inside, self._kept = Lock(), 0, -1

    def enter(self) -> None:
        with self._lock:
            if not self._inside:
                sys.stdout.flush()
                self._kept, nowhere = os.dup(_STANDARD_OUTPUT), os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, _STANDARD_OUTPUT)
                os.close(nowhere)
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                _flush_compiled()
                os.dup2(self._kept, _STANDARD_OUTPUT)
                os.close(self._kept)


_silence = _Silence()


def _flush_compiled() -> None:
    """Empty the buffer of the C library, which would otherwise come out when the block is over."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).fflush(None)
