"""Bytes that are on the disk, or an error: nothing waits in a buffer to be written later."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


def write_all(handle: int, data: bytes) -> None:
    """Write all of it to an open file, or raise OSError."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def bring_to_disk(folder: Path) -> None:
    """Make the names in `folder` last through a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_ordinary(path: Path) -> BufferedReader:
    """Open an ordinary file for reading; OSError of anything else (a pipe would keep its reader waiting, a device has no end)."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no ordinary file", str(path))
    return os.fdopen(handle, "rb")
