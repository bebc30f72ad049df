"""Bytes that are on the disk, or an error: nothing waits in a buffer to be written later."""

from __future__ import annotations

import os
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
