"""Suppresses what compiled code prints: HiGHS prints lines regardless of its options, which would corrupt `--json`."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

_STANDARD_OUTPUT = 1


@contextmanager
def suppress_stdout() -> Iterator[None]:
    """Redirect file descriptor 1 to /dev/null inside the block; with several threads, until the last one has left."""
    _suppressor.enter()
    try:
        yield
    finally:
        _suppressor.leave()


class _StdoutSuppressor:
    """Counts the threads inside: the first redirects standard output, the last restores it."""

    def __init__(self) -> None:
        self._lock, self._inside, self._saved = Lock(), 0, -1

    def enter(self) -> None:
        with self._lock:
            if not self._inside:
                sys.stdout.flush()
                self._saved, null = os.dup(_STANDARD_OUTPUT), os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, _STANDARD_OUTPUT)
                os.close(null)
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                _flush_compiled()
                os.dup2(self._saved, _STANDARD_OUTPUT)
                os.close(self._saved)


_suppressor = _StdoutSuppressor()


def _flush_compiled() -> None:
    """Flush the buffer of the C library, which would otherwise be printed after the block."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).fflush(None)
